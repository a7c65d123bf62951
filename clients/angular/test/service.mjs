// In the place of Latchkey: `fetch`, which the client calls, answers what a test wants to be the case.

export const LATCHKEY = 'http://localhost:8080';

/**
 * The session of the cookie, if there is one; each exchange gives another access token.
 * @param {{ signedIn?: boolean, roles?: string[], lifetime?: number, tokenType?: string }} [options] lifetime: of access
 *   tokens, in seconds
 */
export function service({ signedIn = true, roles = ['user'], lifetime = 300, tokenType = 'Bearer' } = {}) {
  const state = { signedIn, roles, lifetime, reachable: true, refusal: null, exchanges: 0, tokens: [] };

  globalThis.fetch = async (url, { signal }) => {
    if (state.reachable === 'never answers') {
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }
    if (!state.reachable) {
      throw new TypeError('Failed to fetch');
    }
    switch (url) {
      case `${LATCHKEY}/api/auth/refresh`:
        return state.refusal ?? (state.signedIn ? exchange() : problem(401, 'invalid_refresh_token'));
      case `${LATCHKEY}/api/auth/login`:
        state.signedIn = true;
        return exchange();
      case `${LATCHKEY}/api/auth/revoke`:
        state.signedIn = false;
        return new Response(null, { status: 204 });
      default:
        throw new Error(`nobody expects ${url}`);
    }
  };

  function exchange() {
    state.exchanges++;
    const token = accessToken(state.roles, state.exchanges);
    state.tokens.push(token);
    return Response.json({ accessToken: token, tokenType, expiresIn: state.lifetime });
  }

  return state;
}

export function problem(status, code, headers = {}) {
  return Response.json({ status, code, detail: code }, { status, headers });
}

function accessToken(roles, number) {
  const claims = { sub: 'ada-id', preferred_username: 'ada', sid: 'session-1', auth_time: 1, roles, jti: `${number}` };
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encode({ typ: 'at+jwt' })}.${encode(claims)}.signature`;
}
