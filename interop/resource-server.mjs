// A resource server on plain node:http and jose. Its only call, GET /reports, is for one role.

// docs: node
import { createServer } from 'node:http';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';

export function resourceServer({ jwks, issuer, audience, role }) {
  const keys = createRemoteJWKSet(new URL(jwks));
  const expected = { typ: 'at+jwt', algorithms: ['ES256'], issuer, audience, requiredClaims: ['sub', 'exp'] };

  return createServer(async (request, response) => {
    const refuse = (status, challenge) => response.writeHead(status, { 'WWW-Authenticate': challenge }).end();
    if (request.method !== 'GET' || request.url !== '/reports') {
      return response.writeHead(404).end();
    }
    const [, token] = /^Bearer +(.+)$/i.exec(request.headers.authorization) ?? [];
    if (!token) {
      return refuse(401, 'Bearer');
    }
    try {
      const { payload } = await jwtVerify(token, keys, expected);
      if (!Array.isArray(payload.roles) || !payload.roles.includes(role)) {
        return refuse(403, 'Bearer error="insufficient_scope"');
      }
      response.end(`The reports for ${payload.sub}`);
    } catch (error) {
      if (error instanceof errors.JOSEError) {
        return refuse(401, 'Bearer error="invalid_token"');
      }
      response.writeHead(503).end('The keys cannot be had');
    }
  });
}
// end
