/**
 * Text from outside becomes a value, or breaks a rule.
 *
 * <p>{@link dev.latchkey.domain.text.Parsed} is the one way from a text to a value; each type of
 * value has its own rules. Does not belong here: what a text means.
 */
@NullMarked
package dev.latchkey.domain.text;

import org.jspecify.annotations.NullMarked;
