package dev.latchkey.adapters.web.request;

/**
 * The body of a request: a JSON object whose members are all strings, secret ones in a {@link
 * Secret}. A member that is missing or null is empty, so that there is only one way of not being
 * there.
 */
public interface JsonRequest {}
