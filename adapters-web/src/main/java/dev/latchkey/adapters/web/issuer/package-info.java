/** Who this service is to others: its issuer, and the addresses below it. */
@NullMarked
package dev.latchkey.adapters.web.issuer;

import org.jspecify.annotations.NullMarked;
