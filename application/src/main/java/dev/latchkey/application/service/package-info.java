/**
 * The use cases themselves: one final class each, constructed with the ports it needs.
 *
 * <p>A service reads its clock once for each execution and hands the instant down; one that issues
 * tokens gets the signing key before its transaction, too. What must happen together happens in one
 * {@link dev.latchkey.application.port.out.Transactions#execute transaction}; a refusal is
 * returned, not thrown, so that it commits.
 */
@NullMarked
package dev.latchkey.application.service;

import org.jspecify.annotations.NullMarked;
