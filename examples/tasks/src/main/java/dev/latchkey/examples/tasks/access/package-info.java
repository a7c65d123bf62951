/**
 * Who is calling: the check of Latchkey's access tokens, and the answers to callers without one, or
 * without the role. Copy this package to secure a service of your own.
 */
@NullMarked
package dev.latchkey.examples.tasks.access;

import org.jspecify.annotations.NullMarked;
