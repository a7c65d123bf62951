/** Why the service cannot start, in words for its operator. */
@NullMarked
package dev.latchkey.bootstrap.startup;

import org.jspecify.annotations.NullMarked;
