import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

const folder = new URL('..', import.meta.url);
const sources = readdirSync(new URL('src', folder)).filter((name) => name !== 'types.js');
/** @param {string} name */
const read = (name) => readFileSync(new URL(name, folder), 'utf8');

test('all that a page loads is small, with its comments and without', () => {
  const all = sources.map((name) => read(`src/${name}`)).join('');
  const options = { removeComments: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(all, { compilerOptions: options });
  assert.ok(gzipSync(all, { level: 9 }).length < 9_500);
  assert.ok(gzipSync(outputText, { level: 9 }).length < 6_500);
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
