/** @import { Platform } from './types.js' */

/**
 * What the library takes from the browser. The time is a monotonic one that pages of an origin have in common; the
 * clock on the wall may be wrong, and may be set at any moment.
 * @type {Platform}
 */
export const browser = {
  fetch: (input, init) => fetch(input, init),
  now: () => performance.timeOrigin + performance.now(),
  wallClock: () => Date.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
  channel: (name) => new BroadcastChannel(name),
};
