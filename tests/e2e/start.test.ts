// The program as an operator runs it: starts, answers, stops in order, refuses wrong settings before it connects.
import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeCoinGecko, startFakeCoinGecko } from '../fakes/market/coingecko.ts';
import { exitOf, firstAnswer, freePort } from './program.ts';
import { startFakeSubtensor } from '../fakes/subtensor/subtensor.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'taobot-'));
let gecko: FakeCoinGecko;
let subtensor: Awaited<ReturnType<typeof startFakeSubtensor>>;

beforeAll(async () => {
  [gecko, subtensor] = await Promise.all([startFakeCoinGecko(), startFakeSubtensor()]);
});
afterAll(async () => {
  await Promise.all([gecko.close(), subtensor.close()]);
  rmSync(folder, { recursive: true, force: true });
});

function environment(extra: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    COINGECKO_API_URL: gecko.url,
    SUBTENSOR_RPC_URL: subtensor.url,
    SUBTENSOR_ARCHIVE_URL: 'none',
    MARKET_FALLBACKS: 'none',
    DATABASE_URL: `sqlite:${path.join(folder, 'e2e.db')}`,
    ...extra,
  };
}

/** Runs to the end; never rejects. */
function runOnce(
  words: readonly string[],
  extra: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['src/main.mjs', ...words],
      { cwd: ROOT, env: environment(extra), timeout: 50_000 },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err }),
    );
  });
}

describe('npm start', () => {
  it('says what is on, answers, and ends with code 0 on SIGTERM; the last price survives a kill', async () => {
    const port = await freePort();
    const start = () =>
      spawn(process.execPath, ['src/main.mjs'], {
        cwd: ROOT,
        env: environment({ PORT: String(port) }),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const first = start();
    let out = '';
    first.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    expect((await firstAnswer(`http://127.0.0.1:${port}/livez`)).status).toBe(200);
    expect(await (await fetch(`http://127.0.0.1:${port}/coins/bittensor`)).text()).toContain('$250.28');
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('taobot_requests_total{platform="web",command="coin",outcome="error"} 0');
    expect(metrics).toMatch(/^taobot_build_info\{version="[\d.]+",node="26[\d.]*"\} 1$/m);
    await fetch(`http://127.0.0.1:${port}/?q=help`);
    expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toMatch(
      /^taobot_request_seconds_count\{platform="web",command="\w+",outcome="ok"\} 1$/m,
    );
    expect(metrics).toMatch(/^taobot_source_seconds_count\{source="coingecko",endpoint="prices",outcome="ok"\} [1-9]/m);
    expect(out).toMatch(/web\s+on/);
    expect(out).toMatch(/discord\s+off.*DISCORD_TOKEN/);
    expect(out).toMatch(/slack\s+off.*SLACK_BOT_TOKEN/);
    first.kill('SIGKILL');
    await exitOf(first);
    await gecko.down();
    const second = start();
    await firstAnswer(`http://127.0.0.1:${port}/livez`);
    expect(await (await fetch(`http://127.0.0.1:${port}/coins/bittensor`)).text()).toContain('$250.28');
    await gecko.up();
    second.kill('SIGTERM');
    expect(await exitOf(second)).toBe(0);
  });
});

describe('a Node that is too old', () => {
  it('exit 78, and one line that says which is needed', async () => {
    const old = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process.versions, 'node', { value: '20.20.2' })")}`;
    const { code, out, err } = await runOnce([], { NODE_OPTIONS: `--import=${old}` });
    expect({ code, out }).toEqual({ code: 78, out: '' });
    expect(err).toMatch(
      /^taobot needs Node 26 or newer, and this is Node 20\.20\.2\. .*node_modules\/\.bin\/node\.\n$/,
    );
  });
});

describe('npm run ask', () => {
  it('prints the answer as text, exit 0', async () => {
    const { code, out } = await runOnce(['ask', '/coin tao']);
    expect(code).toBe(0);
    expect(out).toContain('Bittensor (TAO)');
    expect(out).toContain('$250.28');
    expect(out).toMatch(/updated \d+ s ago/);
  });

  it('prints the neutral card as JSON', async () => {
    const { code, out } = await runOnce(['ask', '--json', '/price tao']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ kind: 'price', outcome: 'ok' });
  });

  it('waits for the list of all coins when the coin is not among the largest', async () => {
    const { code, out } = await runOnce(['ask', '/coin Tao Inu']);
    expect(code).toBe(0);
    expect(out).toContain('Tao Inu (TAO)');
  });

  it.each([
    ['/about', 0, 'About this bot'],
    ['/network', 0, 'Block:'],
    ['how do I bake sourdough bread', 0, 'Not sure'],
    ['what is a subnet', 0, 'subnet'],
    ['/price zzzzqqq', 1, 'zzzzqqq'],
  ])('%s: exit %i and nothing on stderr', async (question, code, words) => {
    const result = await runOnce(['ask', question]);
    expect(result).toMatchObject({ code, err: '' });
    expect(result.out).toContain(words);
  });

  it('waits for sources that need a while, and remembers what they said', async () => {
    const own = (name: string) => ({ DATABASE_URL: `sqlite:${path.join(folder, `slow-${name}.db`)}` });
    gecko.delayMs = 1500;
    subtensor.delayMs = 1500;
    const answers = await Promise.all(
      ['price tao', 'network', 'about'].map((text) => runOnce(['ask', `/${text}`], own(text))),
    );
    gecko.delayMs = 0;
    subtensor.delayMs = 0;
    expect(answers.map(({ code, err }) => ({ code, err }))).toEqual(answers.map(() => ({ code: 0, err: '' })));
    const [price, network, about] = answers.map(({ out }) => out);
    expect(price).toContain('$250.28');
    expect(network).toContain('Block: 9,562,000');
    expect(about).toContain('coingecko: ok, last answer');
    await gecko.down();
    const later = await runOnce(['ask', '/price tao'], own('price tao'));
    await gecko.up();
    expect(later).toMatchObject({ code: 0, err: '' });
    expect(later.out).toContain('$250.28');
  }, 120_000);

  it('exits 1 when the answer is an error', async () => {
    const { code, out } = await runOnce(['ask', '/coin zzzzqqq']);
    expect(code).toBe(1);
    expect(out).toContain('Unknown coin');
  });

  it('works from samples without any network, and says so', async () => {
    const { code, out } = await runOnce(['ask', '--demo', '/coin tao'], {
      COINGECKO_API_URL: 'http://127.0.0.1:9/api/v3',
    });
    expect(code).toBe(0);
    expect(out).toMatch(/sample data/i);
  });
});

describe('what nobody handles', () => {
  /** Throws once the settings are read: listeners are added just before. */
  const preload = (action: string) =>
    `data:text/javascript,${encodeURIComponent(`process.on('newListener', (name) => {
      if (name === 'uncaughtException') setImmediate(() => { ${action} });
    });`)}`;
  const run = (action: string) =>
    runOnce(['ask', '/price tao'], {
      NODE_OPTIONS: `--import=${preload(action)}`,
      COINGECKO_API_KEY: 'CG-canary_0123',
      COINGECKO_PLAN: 'demo',
      LOG_LEVEL: 'silent',
    });

  it.each([
    ["Promise.reject(new Error('refused ' + process.env.COINGECKO_API_KEY))", 0, 'unhandled rejection', 'refused'],
    ['Promise.reject({ key: process.env.COINGECKO_API_KEY })', 0, 'unhandled rejection', 'thrown Object'],
    ["throw new Error('k=' + encodeURIComponent(process.env.COINGECKO_API_KEY))", 1, 'uncaught exception', 'k='],
  ])('%s: exit %i, one line without the secret', async (action, code, msg, words) => {
    const result = await run(action);
    expect(result.code).toBe(code);
    const line = JSON.parse(result.err) as { msg: string };
    expect(line.msg).toBe(msg);
    expect(result.err).toContain(words);
    expect(result.err).toContain('[secret]');
    expect(result.err).not.toContain('canary');
  });
});

describe('an address that cannot be listened on', () => {
  it.each([
    ['192.0.2.1', 78, 'HOST 192.0.2.1 is no address of this machine'],
    ['no-such-host.invalid', 78, 'HOST no-such-host.invalid'],
  ])('HOST=%s: exit %i, and the message names HOST', async (host, code, words) => {
    const result = await runOnce([], { HOST: host, PORT: '0' });
    expect(result.code).toBe(code);
    expect(result.err).toContain(words);
    expect(result.err).not.toMatch(/Set PORT/);
  });

  it('a port that is taken: exit 1, and the message names PORT', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const result = await runOnce([], { PORT: String(port) });
    await new Promise((resolve) => taken.close(resolve));
    expect(result.code).toBe(1);
    expect(result.err).toContain('Set PORT to a free port');
  });
});

describe('wrong settings', () => {
  it('end with 78 before any call, all at once, with an example and without the value', async () => {
    const before = gecko.calls.length;
    const { code, err } = await runOnce([], {
      DISCORD_TOKEN: 'Bot secret-value-123',
      SLACK_BOT_TOKEN: 'xoxp-secret-value-123',
      PORT: '70000',
      COINGECKO_PLAN: 'demo',
      DEFAULT_TIMEZONE: 'Mars/Phobos',
      COINPAPRIKA_API_URL: 'http://169.254.169.254/',
      SUBTENSOR_RPC_URL: 'https://a.example,http://b.example',
      SUBTENSOR_ARCHIVE_URL: 'off',
    });
    expect(code).toBe(78);
    for (const name of [
      'DISCORD_TOKEN',
      'SLACK_BOT_TOKEN',
      'PORT',
      'COINGECKO_API_KEY',
      'DEFAULT_TIMEZONE',
      'COINPAPRIKA_API_URL',
      'SUBTENSOR_RPC_URL must use https',
      'SUBTENSOR_ARCHIVE_URL',
    ])
      expect(err).toContain(name);
    expect(err).not.toContain('secret-value');
    expect(gecko.calls.length).toBe(before);
  });
});
