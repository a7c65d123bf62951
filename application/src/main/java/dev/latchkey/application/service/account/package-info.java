/** The use cases of {@link dev.latchkey.application.port.in.account}. */
@NullMarked
package dev.latchkey.application.service.account;

import org.jspecify.annotations.NullMarked;
