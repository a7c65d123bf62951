/** @import { Code, FieldError } from './types.js' */

/** Every `code` of a `LatchkeyError`: those of the service (RFC 9457 problems), then those of this library. */
export const CODES = Object.freeze(/** @type {const} */ ([
  'malformed_json', 'validation_failed', 'bad_request', 'invalid_code', 'invalid_credentials', 'invalid_client',
  'invalid_refresh_token', 'refresh_token_expired', 'session_revoked', 'refresh_token_reused',
  'access_token_mismatch', 'access_token_not_expired', 'access_token_required', 'invalid_access_token',
  'access_token_expired', 'forbidden', 'origin_not_allowed', 'not_found', 'method_not_allowed', 'not_acceptable',
  'wrong_password', 'mail_off', 'username_taken', 'email_taken', 'last_administrator', 'body_too_large',
  'unsupported_media_type', 'too_many_attempts', 'internal_error', 'overloaded', 'storage_unavailable',
  'use_dpop_nonce', 'invalid_dpop_proof',
  'network_error', 'signed_out', 'foreign_origin', 'unexpected_answer',
]));

const ENDS_SESSION = new Set(
  ['invalid_refresh_token', 'refresh_token_expired', 'session_revoked', 'refresh_token_reused']);

/** Whatever was refused or failed. Programs read the `code`, people the `message`. */
export class LatchkeyError extends Error {
  /**
   * @param {Code} code
   * @param {{ status?: number, message?: string, errors?: FieldError[], retryAfter?: number, requestId?: string,
   *   cause?: unknown }} [more]
   */
  constructor(code, { status = 0, message = code, errors = [], retryAfter, requestId, cause } = {}) {
    super(message, { cause });
    this.name = 'LatchkeyError';
    this.code = code;
    /** Of the answer, 0 if there was none. */
    this.status = status;
    /** Which fields of the request break which rule, if the code is `validation_failed`. */
    this.errors = errors;
    /** Seconds after which to try again, if the answer said so. */
    this.retryAfter = retryAfter;
    /** What whoever runs the service finds the request by, if it has answered. */
    this.requestId = requestId;
  }
}

/**
 * Whether the service has refused the refresh token itself. Nothing else ends a session.
 * @param {unknown} error
 * @returns {error is LatchkeyError}
 */
export const endsSession = (error) =>
  error instanceof LatchkeyError && error.status === 401 && ENDS_SESSION.has(error.code);

/**
 * Whether the request may succeed as it is, later: nobody answered, or not the service, or not for now.
 * @param {unknown} error
 * @returns {error is LatchkeyError}
 */
export const passes = (error) =>
  error instanceof LatchkeyError &&
  (error.status >= 500 || error.status === 429 || error.code === 'network_error' || error.code === 'unexpected_answer');
