export { Latchkey, provideLatchkey, type LatchkeyClient, type LatchkeyOptions, type LatchkeyUser } from './latchkey.js';
export { latchkeyGuard, roleGuard } from './guards.js';
export { latchkeyInterceptor } from './interceptor.js';
