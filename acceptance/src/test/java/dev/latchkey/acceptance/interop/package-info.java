/** Others' libraries as clients and as resource servers, used as their users use them. */
@NullMarked
package dev.latchkey.acceptance.interop;

import org.jspecify.annotations.NullMarked;
