/** What an operator can ask for beside running the service. */
@NullMarked
package dev.latchkey.bootstrap.command;

import org.jspecify.annotations.NullMarked;
