/**
 * What a thief, a bad network, a crash or a wrong clock may do to the exchange of refresh tokens,
 * and what holds all the same: over HTTP, against whole nodes of the service on a real PostgreSQL.
 * Tests of single answers belong beside the others, in {@code adapters-web}.
 *
 * <p>All but those tagged {@code needs-own-service} also run against any running instance: {@code
 * mvn verify -Dtest='dev.latchkey.acceptance.attack.*Test' -Dsurefire.failIfNoSpecifiedTests=false
 * -Dlatchkey.url=http://localhost:8080 -DexcludedGroups=needs-own-service}.
 */
@NullMarked
package dev.latchkey.acceptance.attack;

import org.jspecify.annotations.NullMarked;
