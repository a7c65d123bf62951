/**
 * How often something may be tried: passwords, registrations, mailed codes.
 *
 * <p>Belongs here: counts, the delays that follow from them, and what is counted. Does not belong
 * here: where counts are kept, or what became of an attempt.
 */
@NullMarked
package dev.latchkey.domain.attempt;

import org.jspecify.annotations.NullMarked;
