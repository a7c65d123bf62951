/**
 * The pages for people: sign up, sign in, the account. They are files of the class path below
 * {@code pages}, their texts filled in at start; what they do, they do by the API, as any other
 * client does.
 */
@NullMarked
package dev.latchkey.adapters.web.page;

import org.jspecify.annotations.NullMarked;
