// Short cuts of imports lead where Node would: same addresses, same formats, same errors for what is not there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../../..');
const HOOK = pathToFileURL(path.join(ROOT, 'src/module-paths.mjs')).href;
const folder = mkdtempSync(path.join(tmpdir(), 'module-paths-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `code` as a module in `folder`, with the short cuts or without; what it prints. */
function run(code: string, short: boolean): string {
  const file = path.join(folder, 'main.mjs');
  writeFileSync(file, `const say = (text) => process.stdout.write(text + '\\n');\n${code}`);
  const preload = `import { shortenModulePaths } from ${JSON.stringify(HOOK)}; shortenModulePaths();`;
  const words = short ? ['--import', `data:text/javascript,${encodeURIComponent(preload)}`] : [];
  return execFileSync(process.execPath, [...words, file], { encoding: 'utf8', cwd: folder });
}

const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

it('every module of a tree has the address and the format that Node gives it', () => {
  write('package.json', '{"type":"module"}');
  write(
    'a/one.ts',
    "import './two.ts'; import '../b/three.js'; export type X = 1; export const at: string = import.meta.url;",
  );
  write('a/two.ts', "import '../b/deep/four.js'; export const at = import.meta.url;");
  write('b/three.js', "import './five.js'; export const at = import.meta.url;");
  write('b/five.js', 'export const at = import.meta.url;');
  write('b/deep/package.json', '{"type":"commonjs"}');
  write('b/deep/four.js', 'module.exports = { at: __filename };');
  write('b/deep/six.js', 'module.exports = { at: __filename };');
  write('real/seven.js', 'export const at = import.meta.url;');
  write('real/eight.js', 'export const at = import.meta.url;');
  symlinkSync('real', path.join(folder, 'link'));
  const names = [
    'a/one.ts',
    'a/two.ts',
    'b/three.js',
    'b/five.js',
    'b/deep/four.js',
    'b/deep/six.js',
    'link/seven.js',
    'link/eight.js',
  ];
  const code = names.map((name) => `say((await import('./${name}')).at);`).join('\n');
  const plain = run(code, false);
  expect(run(code, true)).toBe(plain);
  expect(plain.split('\n').filter(Boolean)).toHaveLength(names.length);
});

it('after the first require Node alone finds what comes, in both kinds of modules', () => {
  write('c/package.json', '{"type":"commonjs"}');
  write('c/one.js', "module.exports = { at: require('./two.js').at };");
  write('c/two.js', 'module.exports = { at: __filename };');
  write('d/package.json', '{"type":"module"}');
  for (const name of ['one', 'two', 'three']) write(`d/${name}.js`, 'export const at = import.meta.url;');
  // Registered before ours, this hook is only asked for what ours passes on.
  const first = `import { registerHooks } from 'node:module';
    globalThis.passed = [];
    registerHooks({ resolve(specifier, context, next) { passed.push(specifier); return next(specifier, context); } });
    (await import(${JSON.stringify(HOOK)})).shortenModulePaths();`;
  writeFileSync(path.join(folder, 'first.mjs'), first);
  const code = `import './first.mjs';
    for (const name of ['d/one', 'd/two', 'c/one', 'd/three']) say((await import('./' + name + '.js')).at);
    say(JSON.stringify([...new Set(passed.filter((one) => one.startsWith('./')))]));`;
  const lines = run(code, false).trim().split('\n');
  expect(lines.slice(0, -1)).toEqual([
    pathToFileURL(path.join(folder, 'd/one.js')).href,
    pathToFileURL(path.join(folder, 'd/two.js')).href,
    path.join(folder, 'c/two.js'),
    pathToFileURL(path.join(folder, 'd/three.js')).href,
  ]);
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual(['./d/one.js', './c/one.js', './two.js', './d/three.js']);
});

it('a file that is not there is an error that names it', () => {
  const code = "await import('./a/one.ts'); await import('./a/none.ts').catch((error) => say(error.message));";
  for (const short of [false, true]) expect(run(code, short)).toContain(path.join(folder, 'a/none.ts'));
});

it('most imports of the program take the short cut', () => {
  const preload = `import { registerHooks } from 'node:module';
    let asked = 0;
    registerHooks({ resolve(specifier, context, next) { asked += Number(/^[.]/.test(specifier) && context.conditions.includes('import')); return next(specifier, context); } });
    process.on('exit', () => process.stdout.write(String(asked)));`;
  const words = ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, 'src/main.mjs', 'slack-manifest'];
  const out = execFileSync(process.execPath, words, {
    encoding: 'utf8',
    cwd: ROOT,
    env: { PATH: process.env['PATH'] },
  });
  expect(Number(/\d+$/.exec(out)?.[0])).toBeLessThan(300); // of 2,700: the first of each folder
});
