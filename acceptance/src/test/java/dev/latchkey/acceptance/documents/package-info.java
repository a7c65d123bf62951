/** What the documents say of the code, checked against it. */
@NullMarked
package dev.latchkey.acceptance.documents;

import org.jspecify.annotations.NullMarked;
