import { setTimeout as pause } from 'node:timers/promises';
/** @import { Platform } from './types.js' */

/** @type {Platform} */
export const node = {
  fetch: (input, init) => fetch(input, init),
  wallClock: () => Date.now(),
  monotonic: () => performance.now(),
  pause: (milliseconds, signal) => pause(milliseconds, undefined, { signal, ref: false }),
  keyPause: 1_000,
};
