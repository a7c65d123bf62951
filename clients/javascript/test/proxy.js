import http from 'node:http';

/** @typedef {{ method: string, path: string, headers: http.IncomingHttpHeaders, body: any, status?: number }} Seen */
/** @typedef {{ status: number, headers: Record<string, string | string[]>, body: Buffer | string }} Answer */
/** @typedef {(forward: () => Promise<Answer>) => Promise<Answer | null>} Fault null: the connection is cut */

/**
 * A proxy in front of the service that does to answers what networks do. `next(path, fault, …)` lists what happens to
 * the next requests for a path; those after them pass. `seen` is every request that arrived.
 * @param {string} target
 * @param {(path: string) => Promise<Answer | undefined>} [own] what the proxy answers itself
 */
export const startProxy = async (target, own = async () => undefined) => {
  /** @type {Map<string, Fault[]>} */
  const faults = new Map();
  /** @type {Seen[]} */
  const seen = [];

  const server = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const sent = Buffer.concat(chunks);
    const path = new URL(request.url ?? '/', target).pathname;
    const entry = /** @type {Seen} */ ({ method: request.method, path, headers: request.headers });
    entry.body = sent.length ? JSON.parse(sent.toString()) : undefined;
    seen.push(entry);
    const forward = () => send(target, request, sent);
    const fault = faults.get(path)?.shift();
    const answer = await (fault ? fault(forward) : own(path).then((page) => page ?? forward()));
    if (!answer || response.destroyed) {
      response.destroy();
      return;
    }
    entry.status = answer.status;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  return {
    url: `http://localhost:${port}`,
    seen,
    /** @param {string} path */
    requests: (path) => seen.filter((entry) => entry.path === path),
    /** @param {string} path @param {Fault[]} then */
    next: (path, ...then) => {
      faults.set(path, then);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/**
 * @param {string} target
 * @param {http.IncomingMessage} request
 * @param {Buffer} body
 * @returns {Promise<Answer>}
 */
const send = (target, request, body) => new Promise((resolve, reject) => {
  const { host, connection, ...headers } = request.headers;
  http.request(new URL(request.url ?? '/', target), { method: request.method, headers }, async (answer) => {
    const chunks = [];
    for await (const chunk of answer) {
      chunks.push(chunk);
    }
    const { connection: _, 'transfer-encoding': __, ...kept } = answer.headers;
    resolve({ status: answer.statusCode ?? 0, headers: /** @type {any} */ (kept), body: Buffer.concat(chunks) });
  }).on('error', reject).end(body);
});

/** The service does what it was asked, and the answer is lost. @type {Fault} */
export const loseAnswer = async (forward) => {
  await forward();
  return null;
};

/** The request does not arrive. @type {Fault} */
export const cut = async () => null;

/** @type {Fault} */
export const pass = (forward) => forward();

/** @type {(status: number, headers: Record<string, string>, body: string) => Fault} */
export const answerWith = (status, headers, body) => async () => ({ status, headers, body });

/** @type {(status: number, code: string, headers?: Record<string, string>) => Fault} */
export const refuseWith = (status, code, headers = {}) =>
  answerWith(
    status, { ...headers, 'Content-Type': 'application/problem+json' }, JSON.stringify({ status, code, detail: code }));

/** What a captive portal says to everything. */
export const captivePortal = answerWith(200, { 'Content-Type': 'text/html' }, '<html>Accept our terms</html>');

/**
 * A request that the service has answered, and an answer that is on its way for as long as the test wants.
 * @param {Fault} [fault]
 */
export const holdAnswer = (fault = pass) => {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const released = new Promise((resolve) => release = resolve);
  const arrived = new Promise((resolve) => arrive = resolve);
  /** @type {Fault} */
  const held = async (forward) => {
    const answer = await fault(forward);
    arrive();
    await released;
    return answer;
  };
  return { fault: held, arrived, release };
};
