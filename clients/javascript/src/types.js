/**
 * The types of this library; nothing of this file is loaded at run time.
 * @module
 */

/** @typedef {typeof import('./errors.js').CODES[number]} Code */

/**
 * One rule that one field of a request breaks.
 * @typedef {{ field: string, code: string, message: string }} FieldError
 */

/**
 * @typedef {object} Options
 * @property {string} [url] Latchkey's address; the page's own origin if it is left out.
 * @property {string} [clientId] if the page is not Latchkey's built-in client.
 * @property {string} [issuer] Latchkey's issuer, if it is not `url`: proofs of a bound session name it.
 * @property {'cookie' | 'memory' | 'local' | 'bound' | Storage} [storage] where the refresh token is kept; `bound` if left out.
 * @property {'DPoP' | 'Bearer'} [tokenType] of the access tokens of a bound session; `Bearer` for services that do not know
 *   DPoP. `DPoP` if left out.
 * @property {string[]} [resources] other origins to which `fetch` may send access tokens.
 */

/**
 * Who is signed in, as the access token says: good for showing, not for security decisions.
 * @typedef {object} User
 * @property {string} id
 * @property {string} username
 * @property {string[]} roles
 * @property {string} sessionId
 */

/**
 * @typedef {object} Change
 * @property {User | null} user who is signed in now.
 * @property {null | 'logged_out' | 'invalid_refresh_token' | 'refresh_token_expired' | 'session_revoked' |
 *   'refresh_token_reused'} reason why the session ended; null after a sign-in.
 */

/**
 * @typedef {object} Account
 * @property {string} id
 * @property {string} username
 * @property {string} email
 * @property {boolean} emailVerified
 * @property {string | null} [firstName]
 * @property {string | null} [lastName]
 * @property {string[]} roles
 * @property {string} createdAt ISO 8601, UTC, like all times.
 */

/**
 * A session of the account, on this device or another.
 * @typedef {object} DeviceSession
 * @property {string} id
 * @property {string} startedAt
 * @property {string} exchangedAt
 * @property {string} idleExpiresAt
 * @property {string} absoluteExpiresAt
 * @property {string} [clientAddress]
 * @property {string} [userAgent]
 * @property {boolean} current whether it is the one that asks.
 */

/**
 * @typedef {object} Client
 * @property {User | null} user who is signed in; not for security decisions.
 * @property {() => Promise<User | null>} restore takes up the session that this browser has. Throws if the service
 *   cannot say, not if nobody is signed in.
 * @property {(listener: (change: Change) => void) => () => void} subscribe to each sign-in and sign-out, in any tab.
 *   Returns what ends it.
 * @property {(registration: { username: string, email: string, password: string, firstName?: string,
 *   lastName?: string }) => Promise<User | null>} register resolves to null if the address must be verified first.
 * @property {(credentials: { username: string, password: string }) => Promise<User>} login with user name or address.
 * @property {() => Promise<void>} logout of all tabs, even if the service cannot be reached.
 * @property {(options?: { rejected?: string }) => Promise<string>} accessToken a valid one, exchanged if needed; another
 *   one than `rejected`, which a service did not accept.
 * @property {Authorization} authorization the headers for one request that another HTTP client sends: the access token, and
 *   a proof if it is bound.
 * @property {(input: RequestInfo | URL, init?: RequestInit) => Promise<Response>} fetch with the access token, to the
 *   page's origin, `url` and `resources` only.
 * @property {() => Promise<Account>} account
 * @property {(names: { firstName?: string, lastName?: string }) => Promise<Account>} changeNames an empty one goes.
 * @property {(change: { currentPassword: string, newPassword: string, otherSessions?: 'end' | 'keep' }) =>
 *   Promise<void>} changePassword
 * @property {(change: { email: string, password: string }) => Promise<void>} changeEmail
 * @property {(confirmation: { password: string }) => Promise<void>} deleteAccount
 * @property {(request: { email: string }) => Promise<void>} requestPasswordReset
 * @property {(reset: { code: string, newPassword: string }) => Promise<void>} resetPassword
 * @property {(request: { email: string }) => Promise<void>} requestEmailVerification
 * @property {(verification: { code: string }) => Promise<void>} verifyEmail
 * @property {() => Promise<DeviceSession[]>} sessions
 * @property {(id: string) => Promise<void>} endSession
 * @property {() => Promise<void>} endOtherSessions
 * @property {() => void} close ends the client, not the session.
 */

/**
 * An answer to a request, and the headers that it was sent with.
 * @typedef {{ status: number, headers: { get(name: string): string | null }, sent: Record<string, string> }} Refusal
 */

/**
 * @callback Authorize for a request, the first time.
 * @param {string} method
 * @param {string | URL} url
 * @returns {Promise<Record<string, string>>}
 * @callback AuthorizeAgain after a refusal: null if another attempt would be no better.
 * @param {string} method
 * @param {string | URL} url
 * @param {Refusal} refusal
 * @returns {Promise<Record<string, string> | null>}
 * @typedef {Authorize & AuthorizeAgain} Authorization
 */

/**
 * How far a session has come. Tokens are ordered by this, never by looking into them.
 * @typedef {object} Version
 * @property {string} [id] none before the service has answered.
 * @property {number} [startedAt] seconds, by the service's clock.
 * @property {number} count of its exchanges that this browser has seen.
 * @property {number} [expiresAt] of the access token, in milliseconds of `Platform.now`.
 */

/**
 * What lasts from one exchange to the next.
 * @typedef {object} More
 * @property {string} [key] the name of the exchange that has not been answered yet (`Idempotency-Key`).
 * @property {string} [refreshToken] none in cookie mode.
 * @property {KeyPair} [pair] that the session is bound to; its private key cannot be read.
 * @property {boolean} [owed] cookie mode: signed out, and the service has not heard of it yet.
 * @typedef {Version & More} StoredSession
 */

/**
 * @typedef {object} Fresh
 * @property {string} id
 * @property {string} accessToken
 * @property {string} tokenType
 * @property {number} lifetime of the access token, in milliseconds.
 * @property {number} expiresAt
 * @property {User} user
 * @typedef {StoredSession & Fresh} Session
 */

/** @typedef {{ privateKey: CryptoKey, publicKey: CryptoKey }} KeyPair */

/**
 * @typedef {object} Storage
 * @property {() => StoredSession | null | Promise<StoredSession | null>} read
 * @property {(session: StoredSession | null) => void | Promise<void>} write
 * @property {boolean} [cookie] the refresh token is in the service's cookie, not here.
 * @property {boolean} [bound] sessions are bound to a key (RFC 9449), which is kept here too, by structured clone.
 * @property {boolean} [channel] other tabs cannot read here: they share by messages, the refresh token too.
 */

/**
 * @typedef {{ type: 'ask' } & Version
 *   | { type: 'session', session: Session, replaces?: string, begins?: boolean }
 *   | { type: 'exchanging', key: string } & Version
 *   | { type: 'signing_in' }
 *   | { type: 'idle' }
 *   | { type: 'signed_out', id?: string, reason: NonNullable<Change['reason']> }} Message
 */

/** @typedef {{ status: number, headers: Headers, body: any }} Answer */

/** @typedef {{ user: User | null, token?: string, tried: string[] }} Attempt */

/** @typedef {ReturnType<typeof import('./api.js').createApi>} Api */

/** @typedef {ReturnType<typeof import('./proofs.js').createProofs>} Proofs */

/**
 * @typedef {object} Platform
 * @property {(input: RequestInfo | URL, init?: RequestInit) => Promise<Response>} fetch
 * @property {() => number} now milliseconds, monotonic.
 * @property {() => number} wallClock milliseconds since 1970, whatever the clock on the wall says.
 * @property {(milliseconds: number, action: () => void) => () => void} after returns what cancels it.
 * @property {(name: string) => Pick<BroadcastChannel, 'onmessage' | 'postMessage' | 'close'>} channel
 */

export {};
