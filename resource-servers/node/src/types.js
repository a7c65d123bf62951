/**
 * The types of this package; nothing of this file is loaded at run time.
 * @module
 */

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/**
 * @typedef {object} Options
 * @property {string} issuer Latchkey's issuer, exactly as its tokens have it: the one setting that has no default.
 * @property {string} [audience] `latchkey` if left out.
 * @property {string[]} [algorithms] of the signatures of tokens and of the feed; `ES256` alone if left out. What a token
 *   says about its own algorithm is never believed (RFC 8725 §3.1).
 * @property {number} [leeway] for clocks that differ, in seconds; 60 if left out.
 * @property {false | FeedOptions} [feed] of ended sessions; `false`: tokens are valid until they expire.
 * @property {string} [origin] where callers reach this service, such as `https://api.example.org`, with the path that a
 *   proxy removes, if any: DPoP proofs name it. If left out, the `Host` of each request is believed.
 * @property {number} [proofAge] how far the time of a DPoP proof may be from this clock, in seconds; 60 if left out.
 * @property {number} [proofsRemembered] so that none is accepted twice; 100 000 if left out. The oldest gives way.
 * @property {string} [jwksUri] if the keys are not to be read from where the issuer's metadata say.
 * @property {string} [endedSessionsUri] the same for the feed.
 * @property {(message: string) => void} [warn] `console.warn` if left out.
 */

/**
 * @typedef {object} FeedOptions
 * @property {number} [maxAge] how old knowledge of ended sessions may become, in seconds; 60 if left out.
 * @property {'refuse' | 'accept'} [stale] what becomes of calls when it is older: 503 (if left out), or they go on.
 */

/**
 * A request of `node:http` (and of Express and others, which extend it), or one of fetch.
 * @typedef {IncomingMessage | Request} Call
 */

/**
 * A token that has been checked.
 * @typedef {object} AccessToken
 * @property {string} subject the id of the user: know users by it, it never changes.
 * @property {string} [username] for showing.
 * @property {string[]} roles
 * @property {string} [clientId]
 * @property {string} [sessionId]
 * @property {Readonly<Record<string, unknown>>} claims all of them.
 */

/**
 * What to answer: the status, with these headers and no body. 401 and 403 have challenges (RFC 6750 §3, RFC 9449 §7.1); 503
 * says nothing about the token, which may be valid.
 * @typedef {{ ok: false, status: 401 | 403 | 503, headers: Record<string, string | string[]> }} Refused
 */

/** @typedef {{ ok: true, token: AccessToken } | Refused} Answer */

/**
 * @typedef {object} ResourceServer
 * @property {(call: Call, options?: { role?: string }) => Promise<Answer>} verify checks the token of a call, and that it
 *   has the role. Never throws because of what a caller sends.
 * @property {(role?: string) => (request: IncomingMessage & { token?: AccessToken }, response: ServerResponse,
 *   next: (error?: unknown) => unknown) => Promise<void>} protect the same for Express, and for `node:http` by hand: `next`
 *   is called with the token at `request.token`, or the refusal is sent.
 * @property {() => void} close ends the listening to the feed, which keeps the process running.
 */

/**
 * The time, the network, and chance.
 * @typedef {object} Platform
 * @property {typeof fetch} fetch
 * @property {() => number} wallClock milliseconds since 1970, whatever the clock on the wall says.
 * @property {() => number} monotonic milliseconds, which no setting of clocks moves.
 * @property {(milliseconds: number, signal: AbortSignal) => Promise<unknown>} pause
 * @property {number} keyPause milliseconds between two readings of the keys because of an unknown one.
 */

/**
 * @typedef {object} Issuer
 * @property {import('jose').JWTVerifyGetKey} keys
 * @property {() => Promise<string>} endedSessionsUri
 */

/**
 * What the feed says about a token: `unknown` if nothing that is recent enough is known.
 * @typedef {'live' | 'ended' | 'unknown'} Verdict
 */

export {};
