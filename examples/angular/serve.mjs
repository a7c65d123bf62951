// Serves what `ng build` made, on http://localhost:4200 or the port PORT. LATCHKEY_URL and TASKS_URL take the places of
// the two addresses in index.html. Any server does; what it must do is here: send index.html for every route, keep it
// out of caches, and say in headers what a meta element cannot.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const folder = new URL('dist/', import.meta.url).pathname;
const port = Number(process.env.PORT ?? 4200);
const types = { '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };
const headers = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Read anew each time: after another build it names other files. */
const index = async () => (await readFile(join(folder, 'index.html'), 'utf8'))
  .replaceAll('http://localhost:8080', process.env.LATCHKEY_URL ?? 'http://localhost:8080')
  .replaceAll('http://localhost:8090', process.env.TASKS_URL ?? 'http://localhost:8090');

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const asset = /^\/[\w-]+\.(css|js)$/.test(pathname);
  try {
    if (!asset) {
      const page = await index();
      response.writeHead(200, { ...headers, 'Content-Type': types['.html'], 'Cache-Control': 'no-store' }).end(page);
      return;
    }
    const content = await readFile(join(folder, pathname)); // its name contains its hash
    const caching = 'public, max-age=31536000, immutable';
    const type = types[extname(pathname)];
    response.writeHead(200, { ...headers, 'Content-Type': type, 'Cache-Control': caching }).end(content);
  } catch {
    response.writeHead(404, headers).end();
  }
});

server.listen(port, 'localhost', () => console.log(`The application is on http://localhost:${port}`));
