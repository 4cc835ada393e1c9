// No secret comes out when the program fails at its start: wrong settings, a database that says the password back, errors that nobody handles.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { CANARIES, canariesIn, canarySettings, SEVERAL, SOCKET } from './canaries.ts';

const ROOT = path.join(import.meta.dirname, '../..');
let server: ReturnType<typeof createServer> | undefined;
afterEach(async () => {
  await new Promise((resolve) => (server === undefined ? resolve(null) : server.close(resolve)));
  server = undefined;
});

type End = { code: unknown; out: string; err: string };

function start(words: readonly string[], env: Readonly<Record<string, string>>): Promise<End> {
  const options = { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '', ...env }, timeout: 50_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/main.mjs', ...words], options, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    );
  });
}

/** A PostgreSQL that asks for the password and refuses it, in its own words (code 28P01): https://www.postgresql.org/docs/current/protocol-message-formats.html */
async function startRefusingPostgres(): Promise<string> {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    return Buffer.concat([Buffer.from(type), length, body]);
  };
  const refuse = (socket: Socket, password: string) => {
    const said = `no ${password} ${encodeURIComponent(password)} ${Buffer.from(password).toString('base64')}`;
    socket.end(message('E', Buffer.from(`SFATAL\0C28P01\0M${said}\0D${said}\0\0`)));
  };
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) =>
      data[0] === 'p'.charCodeAt(0)
        ? refuse(socket, data.subarray(5, -1).toString())
        : socket.write(message('R', Buffer.from([0, 0, 0, 3]))),
    );
  });
  await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `postgres://taobot:${encodeURIComponent(CANARIES.databasePassword)}@127.0.0.1:${port}/taobot`;
}

it('a database that refuses the password and repeats it: exit 1, a sentence without it', async () => {
  const end = await start([], { DATABASE_URL: await startRefusingPostgres() });
  expect(end.code).toBe(1);
  expect(end.err).toMatch(/^The database cannot be used: no \[secret\] \[secret\] \[secret\]/);
  expect(canariesIn(end.out + end.err)).toEqual([]);
});

it('move to such a database: exit 1 without the password', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'taobot-canaries-'));
  const source = `sqlite:${path.join(folder, 'source.db')}`;
  await (await openDatabase(source)).close();
  const end = await start(['move', await startRefusingPostgres()], { DATABASE_URL: source });
  rmSync(folder, { recursive: true, force: true });
  expect(end.code).toBe(1);
  expect(end.err).toContain('no [secret] [secret] [secret]');
  expect(canariesIn(end.out + end.err)).toEqual([]);
});

it('every secret in a wrong form: exit 78, all of them named, none shown', async () => {
  const right = { ...canarySettings('http://127.0.0.1:1'), ...SOCKET, ...SEVERAL };
  const wrong = Object.entries(right).map(([name, value]) => [name, `"${value}" and "more"`.repeat(7)] as const);
  const DATABASE_URL = `postgres://taobot:${CANARIES.databasePassword}@127.0.0.1:1/taobot`;
  const end = await start([], { ...Object.fromEntries(wrong), DATABASE_URL });
  expect(end.code).toBe(78);
  for (const name of ['DISCORD_TOKEN', 'SLACK_STATE_SECRET', 'METRICS_TOKEN', 'SUBTENSOR_RPC_URL', 'DATABASE_URL'])
    expect(end.err).toContain(name);
  expect(canariesIn(end.out + end.err)).toEqual([]);
});

it.each([
  ['an error nobody catches', 1, (words: string) => `throw new Error('a', { cause: new Error(${words}) })`],
  [
    'a promise nobody waits for',
    0,
    (words: string) => `Promise.reject(new Error('b', { cause: { words: ${words} } }))`,
  ],
])('%s, which holds every secret: one line without them', async (_what, code, action) => {
  const settings = { ...canarySettings('http://127.0.0.1:1'), ...SOCKET, LOG_LEVEL: 'silent' };
  const words =
    "Object.entries(process.env).filter(([name]) => /TOKEN|KEY|_URL/.test(name)).map(([, value]) => `${value} ${encodeURIComponent(value)} ${btoa(value)}`).join(' ')";
  const preload = `process.on('newListener', (name) => { if (name === 'uncaughtException') setImmediate(() => { ${action(words)}; }); });`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
  const end = await start(['ask', 'help'], { ...settings, NODE_OPTIONS });
  expect(end.code).toBe(code);
  expect(end.err).toContain('[secret]');
  expect(canariesIn(end.out + end.err)).toEqual([]);
});
