/**
 * The port for those who run the service: metrics, health with its details, and the description of
 * the interface. Without one, all of them but the details are at the port of the service.
 */
@NullMarked
package dev.latchkey.adapters.web.management;

import org.jspecify.annotations.NullMarked;
