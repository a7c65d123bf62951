export { createClient } from './client.js';
export { CODES, LatchkeyError } from './errors.js';

/** @typedef {import('./types.js').Account} Account */
/** @typedef {import('./types.js').Change} Change */
/** @typedef {import('./types.js').Client} Client */
/** @typedef {import('./types.js').Code} Code */
/** @typedef {import('./types.js').DeviceSession} DeviceSession */
/** @typedef {import('./types.js').FieldError} FieldError */
/** @typedef {import('./types.js').Options} Options */
/** @typedef {import('./types.js').Storage} Storage */
/** @typedef {import('./types.js').StoredSession} StoredSession */
/** @typedef {import('./types.js').User} User */
