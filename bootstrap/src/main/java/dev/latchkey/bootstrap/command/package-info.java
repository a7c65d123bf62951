/** The commands that an operator can run instead of the service. */
@NullMarked
package dev.latchkey.bootstrap.command;

import org.jspecify.annotations.NullMarked;
