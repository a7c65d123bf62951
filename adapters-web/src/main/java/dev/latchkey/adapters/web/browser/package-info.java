/**
 * What browsers need beyond other clients: the refresh token in a cookie that no script can read,
 * and the origins that may call from another address (CORS).
 */
@NullMarked
package dev.latchkey.adapters.web.browser;

import org.jspecify.annotations.NullMarked;
