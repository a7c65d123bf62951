import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';

const folder = new URL('..', import.meta.url);
const sources = readdirSync(new URL('src', folder)).filter((name) => name !== 'types.js');
/** @param {string} name */
const read = (name) => readFileSync(new URL(name, folder), 'utf8');

/** @param {string | Uint8Array} text */
const zipped = (text) => gzipSync(text, { level: 9 }).length;

test('all that a page loads is small: below 6.5 kB in an application that is built, below 13 kB as it stands', () => {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('src/index.js', folder))], bundle: true, minify: true, format: 'esm', write: false });
  assert.equal(outputFiles.length, 1);
  assert.ok(outputFiles.every(({ contents }) => zipped(contents) < 6_500));
  assert.ok(zipped(sources.map((name) => read(`src/${name}`)).join('')) < 13_000);
});

test('nothing loads the types', () => {
  for (const name of sources) {
    assert.doesNotMatch(read(`src/${name}`), /^(import|export) .*types\.js/m);
  }
});

test('there is nothing to install beside it', () => {
  const { dependencies, peerDependencies } = JSON.parse(read('package.json'));
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});

test('the declarations name what a page needs', () => {
  execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: 'pipe' });
  const declarations = read('types/index.d.ts');
  for (const name of ['createClient', 'LatchkeyError', 'CODES', 'Client', 'User', 'Change']) {
    assert.match(declarations, new RegExp(`\\b${name}\\b`));
  }
});
