// A service with one call, GET /reports, for users who have the role `auditor`.

import { createServer } from 'node:http';
import { createResourceServer } from './src/index.js';

const { LATCHKEY_ISSUER, LATCHKEY_FEED_MAX_AGE = '60', LATCHKEY_FEED_STALE, PORT = '8090' } = process.env;

const latchkey = createResourceServer({
  issuer: LATCHKEY_ISSUER ?? 'http://localhost:8080',
  feed: { maxAge: Number(LATCHKEY_FEED_MAX_AGE), stale: LATCHKEY_FEED_STALE === 'accept' ? 'accept' : 'refuse' },
});

const server = createServer(async (request, response) => {
  if (request.method !== 'GET' || request.url?.split('?')[0] !== '/reports') {
    response.writeHead(404).end();
    return;
  }
  const answer = await latchkey.verify(request, { role: 'auditor' });
  if (answer.ok) {
    response.end(`The reports for ${answer.token.subject}`);
  } else {
    response.writeHead(answer.status, answer.headers).end();
  }
});

server.listen(Number(PORT), '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`listening on ${port}`);
});

process.once('SIGTERM', () => {
  latchkey.close();
  server.close();
});
