// What stands between a browser and Latchkey and can go wrong: a proxy that loses answers, delays them, or gives its own.
// It also is a resource server of its own at /resource, which looks at nothing but whether it has rejected a token before.

import http from 'node:http';
import https from 'node:https';

/**
 * @param {{ port: number, target: number, tls?: { key: string, cert: string } }} addresses
 */
export async function startProxy({ port, target, tls }) {
  /** What happens to requests: the first rule that matches takes them. */
  const rules = [];
  /** Access tokens that the resource server has seen in an earlier round. */
  const expired = new Set();
  const seen = new Set();
  const requests = [];
  const sockets = new Set();

  function resource(request, response) {
    const token = request.headers.authorization ?? '';
    seen.add(token);
    if (token === '' || expired.has(token)) {
      response.writeHead(401, { 'Token-Expired': 'true', 'WWW-Authenticate': 'Bearer error="invalid_token"' }).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    request.pipe(response);
  }

  function forward(request, response, rule) {
    const onward = http.request({
      host: 'localhost',
      port: target,
      path: request.url,
      method: request.method,
      headers: { ...request.headers, connection: 'close' },
    }, (answer) => {
      if (rule?.loseAnswer) {
        answer.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  }

  function serve(request, response) {
    requests.push({ method: request.method, url: request.url, headers: request.headers });
    const rule = rules.find((each) => each.left > 0 && request.url.startsWith(each.path));
    if (rule && --rule.left === 0) {
      rule.done();
    }
    if (rule?.cut) {
      request.socket.destroy();
    } else if (rule?.status) {
      response.writeHead(rule.status, rule.headers).end(rule.body);
    } else if (request.url.startsWith('/resource')) {
      resource(request, response);
    } else {
      forward(request, response, rule);
    }
  }

  const server = tls ? https.createServer(tls, serve) : http.createServer(serve);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise((resolve) => server.listen(port, 'localhost', resolve));

  return {
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
    requests,
    /**
     * The next requests to a path: `cut` before the service sees them, `loseAnswer` after it has, or an answer. Resolves
     * when the last of them is here.
     */
    next: (path, times, what) => new Promise((done) => {
      rules.push({ path, left: times, done, ...what });
    }),
    /** How many of these are left. */
    pending: () => rules.reduce((sum, { left }) => sum + left, 0),
    /** Nothing happens to requests any more. */
    forget: () => rules.splice(0),
    /** Whatever token the resource server has seen so far is expired to it. */
    expire: () => seen.forEach((token) => expired.add(token)),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
