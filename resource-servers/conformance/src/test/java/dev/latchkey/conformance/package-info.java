/**
 * One list of cases, {@link dev.latchkey.conformance.Conformance}, that every kit for resource
 * servers passes: over HTTP, against a process of its own, with an issuer that can sign anything.
 */
@NullMarked
package dev.latchkey.conformance;

import org.jspecify.annotations.NullMarked;
