/** What the service does periodically by itself. */
@NullMarked
package dev.latchkey.bootstrap.job;

import org.jspecify.annotations.NullMarked;
