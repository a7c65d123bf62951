/** What the service does when it is asked for more than it can do. */
@NullMarked
package dev.latchkey.adapters.web.overload;

import org.jspecify.annotations.NullMarked;
