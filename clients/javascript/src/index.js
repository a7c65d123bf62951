export { createClient } from './client.js';
export { CODES, LatchkeyError } from './errors.js';
