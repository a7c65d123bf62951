/**
 * The service as its callers meet it: over HTTP, on the real server. The tests run twice, in this
 * module on a storage in memory and in {@code acceptance} on PostgreSQL with the complete service;
 * {@link dev.latchkey.adapters.web.http.TestStorage} is what differs. So nothing here may know
 * where anything is kept. The client, the node and the clock serve the other tests of {@code
 * acceptance} too.
 */
@NullMarked
package dev.latchkey.adapters.web.http;

import org.jspecify.annotations.NullMarked;
