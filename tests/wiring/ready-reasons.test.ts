// Each reason for which the running bot is not ready, as an operator reads it in `/readyz`.
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { MINUTE } from '../../src/base/clock.ts';
import { startFakeDiscord } from '../fakes/discord/discord.ts';
import { startFakeCoinGecko } from '../fakes/market/coingecko.ts';
import { openBot, type RunningBot } from '../fakes/running-bot.ts';
import { startFakeSlack } from '../fakes/slack/slack.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'taobot-ready-'));
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const NOWHERE = 'http://127.0.0.1:9';
/** What the clocks are ahead of the real ones, ms. */
const ahead = { now: 0, monotonic: 0 };

async function open(settings: Record<string, string> = {}): Promise<RunningBot> {
  Object.assign(ahead, { now: 0, monotonic: 0 });
  const gecko = await startFakeCoinGecko();
  closing.push(() => gecko.close());
  const bot = await openBot(
    {
      DATABASE_URL: `sqlite:${path.join(folder, 'ready.db')}`,
      LOG_LEVEL: 'silent',
      MARKET_FALLBACKS: 'none',
      SUBTENSOR_RPC_URL: NOWHERE,
      SUBTENSOR_ARCHIVE_URL: 'none',
      COINGECKO_API_URL: gecko.url,
      ...settings,
    },
    { now: () => Date.now() + ahead.now, monotonic: () => performance.now() + ahead.monotonic },
  );
  closing.push(() => bot.stop());
  await expect
    .poll(async () => (await readiness(bot)).failing.filter((line) => !/^(?:discord|slack)/.test(line)))
    .toEqual([]);
  return bot;
}

/** `failing`: the lines of what is not as it should be. */
async function readiness(bot: RunningBot): Promise<{ status: number; failing: string[] }> {
  const answer = await bot.get('/readyz');
  const { checks } = (await answer.json()) as { checks: { name: string; ok: boolean; detail: string }[] };
  return {
    status: answer.status,
    failing: checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`),
  };
}
const PATIENCE = { timeout: 30_000, interval: 100 };

it('a platform that does not let us in: not ready, in words that say what to look at; livez goes on', async () => {
  const [discord, slack] = await Promise.all([startFakeDiscord(), startFakeSlack()]);
  closing.push(() => Promise.all([discord.close(), slack.close()]));
  discord.gateway.refuseIdentifyWith(4004); // https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway
  slack.space.revoked.add(slack.token);
  const bot = await open({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.url,
  });
  await expect
    .poll(() => readiness(bot), PATIENCE)
    .toEqual({
      status: 503,
      failing: [
        expect.stringMatching(/^discord: the token was refused: .*Reset Token.*DISCORD_TOKEN/),
        expect.stringMatching(
          /^slack: Slack refuses SLACK_BOT_TOKEN \(token_revoked\): it was revoked: install the app again/,
        ),
      ],
    });
  expect((await bot.get('/livez')).status).toBe(200);
  expect(bot.shown()).toMatch(/^discord +off +the token was refused/m);
  expect(bot.shown()).toMatch(/^slack +off +Slack refuses/m);
});

it('a platform that cannot be reached beside one that is connected: said, and ready', async () => {
  const discord = await startFakeDiscord();
  const slack = await startFakeSlack();
  closing.push(() => Promise.all([discord.close(), slack.close()]));
  const bot = await open({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: `${NOWHERE}/api`,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.url,
  });
  await expect
    .poll(() => readiness(bot), PATIENCE)
    .toEqual({ status: 200, failing: ['discord: Discord cannot be reached, trying again'] });
});

it('a database that cannot be read, and ready again when it can', async () => {
  const bot = await open();
  const other = new DatabaseSync(path.join(folder, 'ready.db'), { timeout: 5000 });
  closing.push(() => other.close());
  other.exec('ALTER TABLE meta RENAME TO away');
  await expect
    .poll(() => readiness(bot), PATIENCE)
    .toEqual({ status: 503, failing: ['database: cannot be read (ERR_SQLITE_ERROR)'] });
  other.exec('ALTER TABLE away RENAME TO meta');
  await expect.poll(() => readiness(bot), PATIENCE).toEqual({ status: 200, failing: [] });
});

it('ticks that do not get through, as somebody holds the database: since when', async () => {
  const bot = await open();
  const other = new DatabaseSync(path.join(folder, 'ready.db'), { timeout: 5000 });
  closing.push(() => other.close());
  await expect.poll(async () => await (await bot.get('/readyz')).text()).toContain('last tick');
  other.exec('BEGIN IMMEDIATE');
  ahead.monotonic = 31_000;
  const stuck = expect.stringMatching(/^deliveries: last tick 3\d s ago$/);
  await expect
    .poll(() => readiness(bot), PATIENCE)
    .toMatchObject({ status: 503, failing: expect.arrayContaining([stuck]) });
  other.exec('ROLLBACK');
  await expect.poll(() => readiness(bot), PATIENCE).toEqual({ status: 200, failing: [] });
});

it('prices that are old because their source fails: how old, and why', async () => {
  const gecko = await startFakeCoinGecko();
  closing.push(() => gecko.close());
  const bot = await open({ COINGECKO_API_URL: gecko.url });
  await bot.get('/api/ask?q=/price%20tao');
  await gecko.down();
  const age = (ms: number) => (ahead.now += ms) && (ahead.monotonic += ms);
  const reason = expect.stringMatching(/^prices: last answer of a source \d.* ago \(CoinGecko could not be reached\)$/);
  age(50 * MINUTE);
  await expect
    .poll(async () => (await bot.get('/api/ask?q=/price%20tao'), age(5 * MINUTE), await readiness(bot)), {
      timeout: 30_000,
      interval: 300,
    })
    .toMatchObject({ status: 503, failing: expect.arrayContaining([reason]) }); // perhaps with the ticks, whose clock went ahead, too
});
