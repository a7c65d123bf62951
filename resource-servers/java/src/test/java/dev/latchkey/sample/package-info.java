/** A service of one call, on the JDK's own HTTP server, that the list of cases is run against. */
@NullMarked
package dev.latchkey.sample;

import org.jspecify.annotations.NullMarked;
