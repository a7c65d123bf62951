/** @import { Call, IncomingMessage } from './types.js' */

/**
 * All values of a header. `node:http` keeps only the first of several `Authorization`, and joins others.
 * @param {Call} call
 * @param {string} name in lower case
 * @returns {string[]}
 */
export const header = (call, name) => {
  if (call.headers instanceof Headers) {
    const value = call.headers.get(name);
    return value === null ? [] : [value];
  }
  return /** @type {IncomingMessage} */ (call).headersDistinct[name] ?? [];
};

/**
 * The address that a DPoP proof for this call names (`htu`, RFC 9449 §4.2): without query and fragment.
 * @param {Call} call
 * @param {string} [origin] as callers see it; else what this call says
 * @returns {string | undefined} none if it is no address at all
 */
export const addressOf = (call, origin) => {
  const target = /** @type {{ originalUrl?: string }} */ (call).originalUrl ?? call.url ?? '';
  const local = target.startsWith('/');
  const { encrypted } = /** @type {any} */ (call).socket ?? {};
  const here = origin ?? (local ? `${encrypted ? 'https' : 'http'}://${header(call, 'host')[0]}` : new URL(target).origin);
  return normalized(here + (local ? target : new URL(target).pathname));
};

/**
 * @param {unknown} address
 * @returns {string | undefined}
 */
export const normalized = (address) => {
  if (typeof address !== 'string' || !URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  url.search = url.hash = '';
  return url.href;
};
