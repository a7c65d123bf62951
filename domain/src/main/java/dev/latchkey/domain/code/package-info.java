/**
 * Codes that are mailed, and prove who reads an address.
 *
 * <p>Belongs here: how a code is written and read, what it is for, and how long it lives. Does not
 * belong here: how it is mailed or kept.
 */
@NullMarked
package dev.latchkey.domain.code;

import org.jspecify.annotations.NullMarked;
