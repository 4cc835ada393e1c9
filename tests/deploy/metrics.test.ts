// What a running bot tells Prometheus: everything that the dashboard, the alert rules and the documents ask for, and never more lines because of what people type.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeCoinGecko, startFakeCoinGecko } from '../fakes/market/coingecko.ts';
import { openBot, type RunningBot } from '../fakes/running-bot.ts';
import { startFakeNode } from '../fakes/subtensor/subtensor-node.ts';
import { createWorld } from '../fakes/subtensor/subtensor-world.ts';
import { hasPromtool, promtool } from './promtool.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const NOWHERE = 'http://127.0.0.1:9';
/** As many as all commands, platforms and outcomes together may make, and some room. */
const MOST_SERIES = 1500;

let gecko: FakeCoinGecko;
let subtensor: Awaited<ReturnType<typeof startFakeNode>>;
let bot: RunningBot;
beforeAll(async () => {
  [gecko, subtensor] = await Promise.all([
    startFakeCoinGecko(),
    startFakeNode(createWorld({ now: Date.now }), { now: Date.now }),
  ]);
  gecko.broken.add('/exchange_rates');
  bot = await openBot({
    DATABASE_URL: 'sqlite::memory:',
    LOG_LEVEL: 'silent',
    MARKET_FALLBACKS: 'none',
    COINGECKO_API_URL: gecko.url,
    COINGECKO_PLAN: 'demo', // a plan with a monthly limit
    COINGECKO_API_KEY: 'CG-fake-key',
    SUBTENSOR_RPC_URL: subtensor.url,
    SUBTENSOR_ARCHIVE_URL: 'none',
    DISCORD_TOKEN: 'NzUwMDAwMDAwMDAwMDAwMDAw.fake-token.abcdefghijklmnopqrstuvwxyz012345',
    DISCORD_API_URL: `${NOWHERE}/api`,
    SLACK_BOT_TOKEN: 'xoxb-fake-token-1',
    SLACK_APP_TOKEN: 'xapp-fake-token-1',
    SLACK_API_URL: `${NOWHERE}/api/`,
  });
  for (const question of ['/price tao', '/convert 1 usd ars', '/network']) await ask(question);
});
afterAll(async () => {
  await bot.stop();
  await Promise.all([gecko.close(), subtensor.close()]);
});

const ask = (question: string) => bot.get(`/api/ask?q=${encodeURIComponent(question)}`);
const scrape = async () => await (await bot.get('/metrics')).text();
const seriesOf = (text: string) => text.split('\n').filter((line) => /^[a-z]/.test(line));
const namesOf = (text: string) => [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);

it.each([
  ['deploy/grafana-dashboard.json', 28],
  ['deploy/alert-rules.yml', 14],
  ['docs/operating.md', 10],
  ['docs/run-it-for-good.md', 4],
  ['docs/digests.md', 2],
  ['docs/discord.md', 1],
])('every figure that %s names is told', async (file, least) => {
  const words = readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\b(?:taobot|process)_[a-z0-9_]+(?![\w.])/g);
  const asked = new Set([...words].map(([word]) => word.replace(/_(bucket|count|sum)$/, '')));
  expect(asked.size).toBeGreaterThanOrEqual(least);
  const missing = (known: readonly (string | undefined)[]) => [...asked].filter((name) => !known.includes(name));
  await expect.poll(async () => missing(namesOf(await scrape()))).toEqual([]); // the chain is read beside the questions
});

it('the dashboard shows every figure', async () => {
  const shown = readFileSync(path.join(ROOT, 'deploy/grafana-dashboard.json'), 'utf8');
  expect(namesOf(await scrape()).filter((name) => !new RegExp(`\\b${name}(_bucket|_count)?\\b`).test(shown))).toEqual(
    [],
  );
});

it('every label that the dashboard groups by or shows is one of its figure', async () => {
  const text = await scrape();
  const dashboard = JSON.parse(readFileSync(path.join(ROOT, 'deploy/grafana-dashboard.json'), 'utf8')) as {
    panels: { id: number; title: string; targets: { expr: string; legendFormat: string }[] }[];
  };
  const missing = dashboard.panels.flatMap(({ title, targets }) =>
    targets.flatMap(({ expr, legendFormat }) => {
      const [name = ''] = /(?:taobot|process)_\w+/.exec(expr) ?? [];
      const line = seriesOf(text).find((one) => one.startsWith(name)) ?? '';
      const labels = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label ?? '');
      return labels
        .filter((label) => label !== 'instance' && !line.includes(`${label}="`))
        .map((label) => [title, label]);
    }),
  );
  expect(missing).toEqual([]);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});

it.skipIf(!hasPromtool)('promtool has nothing to say against names, types and the text itself', async () => {
  expect(promtool(['check', 'metrics'], await scrape())).toEqual({ status: 0, said: '' });
});

it('what counts begins at zero', async () => {
  const text = await scrape();
  for (const line of [
    'taobot_requests_total{platform="discord",command="coin",outcome="error"} 0',
    'taobot_answer_seconds_count{platform="slack",outcome="failed"} 0',
    'taobot_delivery_lateness_seconds_count{kind="digest"} 0',
    'taobot_events_total{event="discord_invalid_401"} 0',
    'taobot_tick_failures_total 0',
  ])
    expect(seriesOf(text)).toContain(line);
});

it('whatever people ask for, labels hold words of ours only', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, at) => ask(`/canary-word-${at} tao`)));
  const before = seriesOf(await scrape()).length;
  const strange = Array.from({ length: 40 }, (_, at) => [
    ask(`/canary-word-${at + 100} tao`),
    ask(`/price canary-coin-${at}`),
    bot.get(`/charts/canary-coin-${at}.png`),
    bot.get(`/canary-path-${at}`),
    bot.get(`/api/coins/canary-coin-${at}?currency=canary${at}`),
  ]).flat();
  await Promise.all(strange);
  const after = await scrape();
  expect(after).not.toContain('canary');
  expect(seriesOf(after).length).toBeLessThanOrEqual(before + 60); // outcomes of commands that were not seen before
  expect(seriesOf(after).length).toBeLessThan(MOST_SERIES);
});
