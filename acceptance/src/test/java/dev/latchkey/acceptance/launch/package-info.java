/**
 * The service as its operator meets it: started, refused, killed and stopped as a process. No test
 * of the API.
 */
@NullMarked
package dev.latchkey.acceptance.launch;

import org.jspecify.annotations.NullMarked;
