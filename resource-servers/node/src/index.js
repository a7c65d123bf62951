export { createResourceServer } from './resource-server.js';

/** @typedef {import('./types.js').AccessToken} AccessToken */
/** @typedef {import('./types.js').Answer} Answer */
/** @typedef {import('./types.js').Call} Call */
/** @typedef {import('./types.js').FeedOptions} FeedOptions */
/** @typedef {import('./types.js').Options} Options */
/** @typedef {import('./types.js').Refused} Refused */
/** @typedef {import('./types.js').ResourceServer} ResourceServer */
