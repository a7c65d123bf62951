/** The service as its callers meet it: over HTTP, on the real server and a real PostgreSQL. */
@NullMarked
package dev.latchkey.bootstrap.http;

import org.jspecify.annotations.NullMarked;
