/**
 * The HTTP interface: what a request must look like, which use case it is for, and what each
 * outcome looks like on the way back.
 *
 * <p>A controller turns a request into a command and a result into an answer, with one exhaustive
 * {@code switch}. Rules about users, sessions and tokens do not belong here.
 */
@NullMarked
package dev.latchkey.adapters.web;

import org.jspecify.annotations.NullMarked;
