/** What the documents say of the code, checked against it. */
@NullMarked
package dev.latchkey.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
