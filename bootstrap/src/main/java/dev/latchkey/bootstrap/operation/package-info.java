/** What the service does by itself and what it tells its operator: security events, metrics, the clean-up,
 * the rotation of signing keys. */
@NullMarked
package dev.latchkey.bootstrap.operation;

import org.jspecify.annotations.NullMarked;
