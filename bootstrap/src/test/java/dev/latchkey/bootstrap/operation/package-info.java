/** Tests of what the service does by itself. */
@NullMarked
package dev.latchkey.bootstrap.operation;

import org.jspecify.annotations.NullMarked;
