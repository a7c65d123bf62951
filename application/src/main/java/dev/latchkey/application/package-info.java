/**
 * The application: what Latchkey does for its callers, one use case each, and what it needs for
 * that, one port each.
 *
 * <p>It decides the order of steps. Rules about users and sessions live in the domain; HTTP, SQL,
 * cryptography and frameworks live in the adapters.
 */
@NullMarked
package dev.latchkey.application;

import org.jspecify.annotations.NullMarked;
