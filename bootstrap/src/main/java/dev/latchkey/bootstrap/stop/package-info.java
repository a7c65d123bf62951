/** How the service stops: nothing that was begun is cut, as far as the time allows. */
@NullMarked
package dev.latchkey.bootstrap.stop;

import org.jspecify.annotations.NullMarked;
