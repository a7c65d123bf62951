/**
 * The use cases of {@link dev.latchkey.application.port.in.key}, and the signing keys as this node
 * knows them.
 *
 * <p>{@code SigningKeyRing} decides when the store is read and how old a {@code SigningKeyReading}
 * may be; nothing else remembers a key.
 */
@NullMarked
package dev.latchkey.application.service.key;

import org.jspecify.annotations.NullMarked;
