// The ways from page to page.

/** Why somebody comes to the page to sign in; nothing else in its address is shown there. */
export const REASONS = [
  'sign_in_first',
  'logged_out',
  'session_revoked',
  'refresh_token_expired',
  'refresh_token_reused',
  'email_verified',
  'password_reset',
  'account_deleted',
];

/**
 * The address to go on to after signing in, or null if it is no path of this origin.
 *
 * @param {string | null} path from the query, so anybody may have written it
 */
export function ownAddress(path) {
  if (path === null || !path.startsWith('/') || !URL.canParse(path, location.origin)) {
    return null;
  }
  const url = new URL(path, location.origin);
  // The whole address, because the path of /.//evil alone would lead to the host evil.
  return url.origin === location.origin && !/^[/\\]{2}/.test(url.pathname) ? url.href : null;
}

/** @param {string} reason @param {string} [redirect] a path */
export function toSignIn(reason, redirect) {
  const query = new URLSearchParams(redirect === undefined ? { reason } : { reason, redirect });
  location.replace(`/sign-in?${query}`);
}
