/** The service without a database, for the HTTP tests in this module. */
@NullMarked
package dev.latchkey.adapters.web.memory;

import org.jspecify.annotations.NullMarked;
