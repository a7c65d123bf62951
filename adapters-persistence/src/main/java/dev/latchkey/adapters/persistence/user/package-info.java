/**
 * The tables {@code users}, {@code registrations} and {@code released_usernames}.
 *
 * <p>What no constraint can keep true between concurrent callers, they keep true by advisory locks
 * of two numbers, all of them until the end of the transaction: 1 and 0 for the administrators, 2
 * and a hash for a user name, 3 and a hash for an address. Whoever needs several, after the row of
 * a user, takes them in this order.
 */
@NullMarked
package dev.latchkey.adapters.persistence.user;

import org.jspecify.annotations.NullMarked;
