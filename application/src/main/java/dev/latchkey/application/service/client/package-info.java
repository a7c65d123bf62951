/** The use cases of {@link dev.latchkey.application.port.in.client}. */
@NullMarked
package dev.latchkey.application.service.client;

import org.jspecify.annotations.NullMarked;
