/** The use cases of {@link dev.latchkey.application.port.in.key}. */
@NullMarked
package dev.latchkey.application.service.key;

import org.jspecify.annotations.NullMarked;
