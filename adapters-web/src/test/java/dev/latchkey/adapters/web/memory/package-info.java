/** The service without a database, for the tests of HTTP in this module alone. */
@NullMarked
package dev.latchkey.adapters.web.memory;

import org.jspecify.annotations.NullMarked;
