import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import http from 'node:http';
/** @import { IncomingMessage } from 'node:http' */

/** @param {string} text */
const hash = (text) => createHash('sha256').update(text).digest('base64url');

/** @param {string | undefined} part @returns {any} */
const decoded = (part) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

/** @param {object} json */
const encoded = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');

/**
 * What a proof says, after a look at its signature and form: RFC 9449 §4.3.
 * @param {IncomingMessage} request
 */
export const proofOf = ({ headers }) => {
  const [header, payload, signature] = String(headers.dpop).split('.');
  const { typ, alg, jwk } = decoded(header);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const good = typ === 'dpop+jwt' && alg === 'ES256' && Object.keys(jwk).sort().join() === 'crv,kty,x,y' && verify(
    'sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature ?? '', 'base64url'));
  if (!good) {
    throw new Error('The proof is not signed as it must be');
  }
  const { crv, kty, x, y } = jwk;
  return { ...decoded(payload), jkt: hash(JSON.stringify({ crv, kty, x, y })) };
};

/**
 * A service that binds sessions as Latchkey does, strictly, and knows one account. It wants a nonce in each proof, and gives
 * a new one with each answer; of those it knows the last two.
 * @param {import('node:test').TestContext} t
 */
export const startBindingService = async (t) => {
  /** @type {Map<string, { jkt?: string, bearer?: boolean, generation: number, ended: boolean }>} */
  const sessions = new Map();
  const state = {
    sessions,
    /** @type {ReturnType<typeof proofOf>[]} */
    proofs: [],
    /** Whether it binds at all. */
    binds: true,
    refusals: /** @type {string[]} */ ([]),
  };
  /** @type {string[]} */
  const nonces = [];

  /** @param {string} id @param {{ jkt?: string, bearer?: boolean, generation: number }} session */
  const tokens = (id, { jkt, bearer, generation }) => ({
    tokenType: jkt && !bearer ? 'DPoP' : 'Bearer',
    accessToken: `e30.${encoded({
      sub: 'ada', sid: id, auth_time: 1, preferred_username: 'ada', roles: ['user'], jti: randomUUID(),
      cnf: jkt && !bearer ? { jkt } : undefined,
    })}.c2ln`,
    expiresIn: 300,
    refreshToken: `${id} ${generation}`,
    sessionId: id,
  });

  /**
   * @param {IncomingMessage} request
   * @param {string} [token]
   */
  const check = (request, token) => {
    try {
      const proof = proofOf(request);
      const path = new URL(request.url ?? '', url).pathname;
      const good = proof.htm === request.method && proof.htu === url + path
        && Math.abs(proof.iat - Date.now() / 1000) < 300 && proof.ath === (token && hash(token))
        && !state.proofs.some(({ jti }) => jti === proof.jti);
      state.proofs.push(proof);
      return !good ? 'invalid_dpop_proof' : nonces.slice(-2).includes(proof.nonce) ? proof : 'use_dpop_nonce';
    } catch {
      return 'invalid_dpop_proof';
    }
  };

  /** @param {IncomingMessage} request @param {any} body @returns {[number, object?, Record<string, string>?]} */
  const answer = (request, body) => {
    /** @type {(code: string, status?: number) => [number, object]} */
    const refuse = (code, status = 400) => {
      state.refusals.push(code);
      return [status, { status, code, detail: code, requestId: 'f3' }];
    };
    if (request.url === '/api/accounts/me') {
      const [scheme, token = ''] = request.headers.authorization?.split(' ') ?? [];
      const { sid, cnf } = decoded(token.split('.')[1]);
      const proof = cnf && check(request, token);
      if (typeof proof === 'string') {
        return [...refuse(proof, 401), { 'WWW-Authenticate': `DPoP error="${proof}", algs="ES256"` }];
      }
      const good = !sessions.get(sid)?.ended && scheme === (cnf ? 'DPoP' : 'Bearer') && proof?.jkt === cnf?.jkt;
      return good ? [200, { id: 'ada' }]
        : [...refuse('invalid_access_token', 401), { 'WWW-Authenticate': 'DPoP error="invalid_token"' }];
    }
    const proof = request.headers.dpop && state.binds ? check(request) : undefined;
    if (typeof proof === 'string') {
      return refuse(proof);
    }
    if (request.url === '/api/auth/login' || request.url === '/api/accounts') {
      const session = { jkt: proof?.jkt, bearer: body.tokenType === 'Bearer', generation: 0, ended: false };
      const earlier = sessions.get(body.refreshToken?.split(' ')[0]);
      if (earlier && earlier.jkt === proof?.jkt) {
        earlier.ended = true;
      }
      const id = randomUUID();
      sessions.set(id, session);
      return request.url === '/api/accounts' ? [201, { account: {}, tokens: tokens(id, session) }] : [200, tokens(id, session)];
    }
    const [id = '', generation] = body.refreshToken?.split(' ') ?? [];
    const session = sessions.get(id);
    if (!session || session.jkt !== proof?.jkt) {
      return session ? refuse('invalid_dpop_proof') : refuse('invalid_refresh_token', 401);
    }
    if (request.url === '/api/auth/revoke') {
      session.ended = true;
      return [204];
    }
    if (session.ended) {
      return refuse('session_revoked', 401);
    }
    session.generation = Number(generation) + 1;
    return [200, tokens(id, session)];
  };

  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString();
    const [status, body, headers] = answer(request, text ? JSON.parse(text) : {});
    nonces.push(randomUUID());
    response.writeHead(status, { ...headers, ...(request.headers.dpop && state.binds && { 'DPoP-Nonce': nonces.at(-1) }) });
    response.end(body && JSON.stringify(body));
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://localhost:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  return { url, ...state, state };
};
