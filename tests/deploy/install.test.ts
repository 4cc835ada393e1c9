// What `npm ci` runs of ours: the link to the Node that comes with it, and words for a machine where that one does not start.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-install-'));
  folders.push(folder);
  return folder;
}

describe.skipIf(process.platform === 'win32')('npm ci', () => {
  const PACKAGE = `node-${process.platform}-${process.arch}`;
  /** An installation as npm 9 leaves it: the package of this machine without its link. */
  function installed(): { folder: string; node: string; link: string } {
    const folder = emptyFolder();
    const node = path.join(folder, 'node_modules', PACKAGE, 'bin/node');
    mkdirSync(path.dirname(node), { recursive: true });
    writeFileSync(node, '', { mode: 0o755 });
    return { folder, node: realpathSync(node), link: path.join(folder, 'node_modules/.bin/node') };
  }
  const runIn = (cwd: string) => {
    const [program, file = ''] = scripts['install']?.split(' ') ?? [];
    expect(program).toBe('node');
    return spawnSync(process.execPath, [path.join(ROOT, file)], { cwd, encoding: 'utf8' });
  };

  it('links the Node that it brought, where npm did not', () => {
    const { folder, node, link } = installed();
    for (const round of [1, 2]) expect(runIn(folder), `round ${round}`).toMatchObject({ status: 0, stderr: '' });
    expect(realpathSync(link)).toBe(node);
    expect(path.isAbsolute(readlinkSync(link))).toBe(false); // the folder may be moved
  });

  it('leaves a link of npm alone', () => {
    const { folder, link } = installed();
    const other = path.join(folder, 'other');
    writeFileSync(other, '');
    mkdirSync(path.dirname(link));
    symlinkSync(other, link);
    expect(runIn(folder).status).toBe(0);
    expect(readlinkSync(link)).toBe(other);
  });

  it('makes none where no Node came along', () => {
    const folder = emptyFolder();
    expect(runIn(folder)).toMatchObject({ status: 0, stderr: '' });
    expect(lstatSync(path.join(folder, 'node_modules'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it.each(['start', 'demo'])(
    'npm %s links it after an install without scripts, and runs it with all words',
    (script) => {
      const { folder, node, link } = installed();
      writeFileSync(node, '#!/bin/sh\necho bundled $$ "$@"\n');
      mkdirSync(path.join(folder, 'src'));
      copyFileSync(path.join(ROOT, 'src/link-node.mjs'), path.join(folder, 'src/link-node.mjs'));
      mkdirSync(path.join(folder, 'old'));
      // As Debian's Node 18 says.
      const old = `case "$1" in -*) echo "node: bad option: $1" >&2; exit 9;; esac\nexec "${process.execPath}" "$@"`;
      writeFileSync(path.join(folder, 'old/node'), `#!/bin/sh\n${old}\n`, { mode: 0o755 });
      const env = { PATH: `${path.dirname(link)}:${path.join(folder, 'old')}:/usr/bin:/bin` };
      const line = `${scripts[script] ?? ''} "two words"`; // npm appends them so
      const end = spawnSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
      expect(end).toMatchObject({ status: 0, stderr: '' });
      expect(end.stdout).toMatch(/^bundled \d+ --.* src\/main\.mjs( demo)? two words\n$/);
      expect(Number(end.stdout.split(' ')[1])).toBe(end.pid); // the shell that npm sends signals to
    },
  );

  it('an install whose Node does not start says which library it lacks', () => {
    const folder = emptyFolder();
    const LOADER = 'node: error while loading shared libraries: libatomic.so.1: cannot open shared object file';
    writeFileSync(path.join(folder, 'node'), `#!/bin/sh\necho "${LOADER}" >&2\nexit 127\n`, { mode: 0o755 });
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const end = spawnSync('sh', ['-c', scripts['postinstall'] ?? ''], { env, encoding: 'utf8' });
    expect(end.status).not.toBe(0);
    expect(end.stdout).toContain('apt-get install libatomic1');
    for (const page of ['README.md', 'docs/run-it-for-good.md']) expect(read(page), page).toContain('libatomic1');
  });
});

it('packages for one kind of machine are locked without engines: npm would leave them out under an old Node of the system', () => {
  // Every npm skips an optional package that its own Node is too old for; sharp's binary is one, and the bundled Node runs it.
  // After `npm install` of another sharp: delete these fields from package-lock.json again.
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { optional?: boolean; dev?: boolean; engines?: object; os?: unknown }>;
  };
  const shipped = Object.entries(packages).filter(([, one]) => one.optional === true && one.dev !== true);
  expect(shipped.filter(([, { os }]) => os !== undefined).length).toBeGreaterThan(10);
  expect(shipped.filter(([, { engines }]) => engines !== undefined).map(([name]) => name)).toEqual([]);
});
