/** TLS of the service itself: its certificate, read from files that may change while it runs. */
@NullMarked
package dev.latchkey.adapters.web.tls;

import org.jspecify.annotations.NullMarked;
