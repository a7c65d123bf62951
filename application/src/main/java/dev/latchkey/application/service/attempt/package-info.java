/** Counts attempts and checks passwords: what the use cases that can be attacked have in common. */
@NullMarked
package dev.latchkey.application.service.attempt;

import org.jspecify.annotations.NullMarked;
