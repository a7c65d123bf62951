/** A service of one call that the list of cases is run against. */
@NullMarked
package dev.latchkey.sample;

import org.jspecify.annotations.NullMarked;
