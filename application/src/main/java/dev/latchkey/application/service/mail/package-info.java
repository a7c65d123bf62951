/** The use cases of {@link dev.latchkey.application.port.in.mail}, and the writing of mail. */
@NullMarked
package dev.latchkey.application.service.mail;

import org.jspecify.annotations.NullMarked;
