// No secret comes out when every far end fails and says it back: not into the log, onto a page, into the API, health, metrics or the database.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { CANARIES, canariesIn, canariesOf, canarySettings, SEVERAL, SOCKET } from './canaries.ts';
import { type EchoServer, type Failure, FAILURES, startEcho } from './echo.ts';
import { openBot, type RunningBot } from '../fakes/running-bot.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-canaries-'));
let echo: EchoServer | undefined;
let bot: RunningBot | undefined;
afterEach(async () => {
  await bot?.stop();
  await echo?.close();
  [bot, echo] = [undefined, undefined];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PATHS = [
  '/?q=/coin%20tao',
  '/coins/bittensor',
  '/subnets/1',
  '/api/ask?q=/about',
  '/api/ask?q=/network',
  '/api/ask?q=/chart%20tao',
  '/api/coins/bittensor',
  '/api/coingecko/markets?vs_currency=usd&ids=bittensor',
  '/api/subnets',
  '/charts/bittensor.png?range=7d',
  '/livez',
  '/readyz',
  '/metrics',
  '/nothing',
];

let databases = 0;
async function open(failure: Failure, slack: typeof SOCKET | typeof SEVERAL) {
  const database = path.join(folder, String(++databases));
  const secrets = canariesOf({ ...canarySettings(''), ...slack });
  echo = await startEcho(failure, secrets);
  bot = await openBot({ ...canarySettings(echo.origin), ...slack, DATABASE_URL: `sqlite:${database}/test.db` });
  return { echo, bot, database };
}

/** Where canaries are, by place; empty when there are none. Ends the bot. */
async function leaks(running: RunningBot, database: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const look = (place: string, text: string | Buffer) => {
    const names = canariesIn(text);
    if (names.length > 0) found[place] = names;
  };
  const read = async (page: string, headers?: Record<string, string>) => {
    const response = await running.get(page, headers);
    look(page, `${JSON.stringify([...response.headers])} ${await response.text()}`);
    return response.status;
  };
  await Promise.all(PATHS.map((page) => read(page)));
  expect(await read('/metrics', { authorization: `Bearer ${CANARIES.metricsToken}` })).toBe(200);
  await running.stop();
  for (const line of running.lines) look(`log: ${(JSON.parse(line) as { msg: string }).msg}`, line);
  look('what the terminal shows', running.shown());
  for (const file of readdirSync(database)) look(`database: ${file}`, readFileSync(path.join(database, file)));
  return found;
}

it.each(FAILURES)('every far end fails: %s', async (failure) => {
  const opened = await open(failure, SOCKET);
  const { asked } = opened.echo;
  await opened.bot.get('/api/ask?q=/price%20tao');
  const wanted = ['/gateway/bot', 'apps.connections.open', 'auth.test', CANARIES.coinGeckoPath, CANARIES.nodePath];
  await expect.poll(() => wanted.filter((one) => !asked.some((url) => url.includes(one)))).toEqual([]);
  expect(await leaks(opened.bot, opened.database)).toEqual({});
  expect(opened.bot.lines.length).toBeGreaterThan(10);
});

/** What came of the code and the client's secret is the same for most of them. */
it.each([401, 'refusal', 'html'] as const)('Slack fails while somebody installs the app: %s', async (failure) => {
  const opened = await open(failure, SEVERAL);
  const first = await opened.bot.get('/slack/install');
  const state = new URL(first.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const query = new URLSearchParams({ code: CANARIES.slackOauthCode, state });
  const answer = await opened.bot.get(`/slack/oauth_redirect?${query.toString()}`, { cookie });
  expect(canariesIn(await answer.text())).toEqual([]);
  expect(opened.echo.asked.some((url) => url.includes('oauth.v2.access'))).toBe(true);
  expect(await leaks(opened.bot, opened.database)).toEqual({});
});
