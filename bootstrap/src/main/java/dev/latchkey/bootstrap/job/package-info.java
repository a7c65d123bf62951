/** What the service does by itself, again and again. */
@NullMarked
package dev.latchkey.bootstrap.job;

import org.jspecify.annotations.NullMarked;
