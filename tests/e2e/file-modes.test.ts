// The files of the bot belong to its user alone, however open the shell is that started it: settings of people are in the database.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { exitOf, firstAnswer, freePort } from './program.ts';

const MAIN = path.join(import.meta.dirname, '../../src/main.mjs');
const NOWHERE = 'http://127.0.0.1:9';
/** As a login shell starts it on most machines. */
const OPEN_SHELL = 'umask 022; exec "$0" "$@"';

it('started with umask 022: the database, its siblings and its backups can be read by nobody else', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-modes-'));
  const port = await freePort();
  const options = {
    cwd: folder,
    env: {
      PORT: String(port),
      DATABASE_URL: 'sqlite:./data/taobot.db',
      COINGECKO_API_URL: NOWHERE,
      SUBTENSOR_RPC_URL: NOWHERE,
      SUBTENSOR_ARCHIVE_URL: 'none',
      MARKET_FALLBACKS: 'none',
      SLACK_BOT_TOKEN: 'xoxb-fake-token-1', // with a platform there is somebody to send, who holds the lock
      SLACK_APP_TOKEN: 'xapp-fake-token-1',
      SLACK_API_URL: `${NOWHERE}/api/`,
    },
  };
  const child = spawn('sh', ['-c', OPEN_SHELL, process.execPath, MAIN], { ...options, stdio: 'ignore' });
  await firstAnswer(`http://127.0.0.1:${port}/livez`);
  await promisify(execFile)('sh', ['-c', OPEN_SHELL, process.execPath, MAIN, 'backup'], options);
  const data = path.join(folder, 'data');
  const modes = () =>
    readdirSync(data).map((name) => [name, (statSync(path.join(data, name)).mode & 0o777).toString(8)]);
  const ended = exitOf(child);
  await expect
    .poll(() => modes().map(([name]) => name))
    .toEqual(expect.arrayContaining(['taobot.db', 'taobot.db-wal', 'taobot.db.lock']));
  const seen = modes();
  child.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true });
  expect(seen.filter(([name]) => /backup|\d{4}-?\d{2}/.test(name ?? ''))).not.toEqual([]);
  expect(seen.filter(([, mode]) => mode !== '600')).toEqual([]);
});

it('what was compiled for an image can be read when the image has given it to root', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-cache-'));
  const env = { NODE_COMPILE_CACHE: folder };
  await promisify(execFile)('sh', ['-c', 'umask 077; exec "$0" "$@"', process.execPath, MAIN, 'warm'], { env });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
  const modes = new Set(files.filter((one) => one.isFile()).map((one) => modeOf(path.join(one.parentPath, one.name))));
  const folders = files.filter((one) => one.isDirectory()).map((one) => modeOf(path.join(one.parentPath, one.name)));
  rmSync(folder, { recursive: true });
  expect(files.length).toBeGreaterThan(300);
  expect([modes, new Set(folders)]).toEqual([new Set(['644']), new Set(['755'])]);
});
