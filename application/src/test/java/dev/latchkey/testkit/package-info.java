/**
 * What the tests of all modules share: the contract of every port, in-memory adapters and fakes
 * that keep to it, mothers for test data, and the story of the service.
 *
 * <p>An adapter proves itself by extending the contract of its port. Does not belong here: what
 * only one module's tests need.
 */
@NullMarked
package dev.latchkey.testkit;

import org.jspecify.annotations.NullMarked;
