import { CODES, LatchkeyError } from './errors.js';
/** @import { Answer, Platform } from './types.js' */

/**
 * Until an answer is complete, in milliseconds. A request that is aborted cannot set a cookie any more, so whoever has
 * waited this long for another tab's exchange may go on.
 */
export const TIME_OUT = 10_000;

/**
 * Requests to Latchkey itself, each with a time-out. None follows a redirect, since it may carry a password.
 * @param {string} url
 * @param {Platform} platform
 */
export const createApi = (url, platform) => ({
  /**
   * @param {string} method
   * @param {string} path
   * @param {{ body?: object, headers?: Record<string, string>, abort?: AbortController } & Pick<RequestInit,
   *   'credentials' | 'keepalive'>} [options]
   * @returns {Promise<Answer>}
   */
  async send(method, path, { body, headers, abort = new AbortController(), ...init } = {}) {
    const cancel = platform.after(TIME_OUT, () => abort.abort());
    try {
      const response = await platform.fetch(url + path, {
        ...init,
        method,
        headers: body ? { ...headers, 'Content-Type': 'application/json' } : headers,
        body: body && JSON.stringify(body),
        cache: 'no-store',
        redirect: 'error',
        signal: abort.signal,
      });
      return { status: response.status, headers: response.headers, body: parse(await response.text()) };
    } catch (cause) {
      throw new LatchkeyError('network_error', { cause, message: 'Latchkey cannot be reached.' });
    } finally {
      cancel();
    }
  },
});

/**
 * What the service returned, or its refusal as an error. An answer of another form is not the service's: a proxy or a
 * captive portal gave it.
 * @param {Answer} answer
 * @returns {any}
 */
export const accept = ({ status, headers, body }) => {
  if (status === 202 || status === 204) {
    return null;
  }
  if (status >= 200 && status < 300 && body) {
    return body;
  }
  const retryAfter = Number(headers.get('Retry-After') ?? NaN);
  throw new LatchkeyError(CODES.includes(body?.code) ? body.code : 'unexpected_answer', {
    status,
    message: body?.detail,
    errors: body?.errors,
    requestId: body?.requestId,
    retryAfter: retryAfter >= 0 ? retryAfter : undefined,
  });
};

/** @param {string} text */
const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
