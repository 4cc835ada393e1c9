// An ordinary day, run together into minutes: commands, mentions, choices while typing, charts, digests, alerts and visitors of the web page.
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeDiscord } from '../../../tests/fakes/discord/discord.ts';
import { CHANNEL, MANAGE_CHANNELS } from '../../../tests/fakes/discord/events.ts';
import { flatten } from '../../../tests/fakes/discord/rest/check.ts';
import type { FakeInteraction } from '../../../tests/fakes/discord/state.ts';
import type { FakeCoinGecko } from '../../../tests/fakes/market/coingecko.ts';
import type { FakeSlack } from '../../../tests/fakes/slack/slack.ts';

/** `base`: address of the web server. */
export type Life = { seconds: number; base: string };
/** What was asked and what came of it; `unanswered` counts platforms and web together. */
export type LifeReport = {
  discord: number;
  slack: number;
  web: number;
  unanswered: number;
  digests: number;
  digestPosts: number;
  alerts: number;
  alertPosts: number;
  /** What went wrong, with how often. */
  problems: Record<string, number>;
};

/** One turn: four commands a second in Discord, and the rest in proportion. */
const TURN_MS = 250;
const RANGES = ['24h', '7d', '30d', '90d'] as const;
const COINS = ['tao', 'near', 'btc', 'eth', 'render', 'fet', 'icp', 'wld', 'virtual', 'grt', 'akt'] as const;
const COMMANDS: readonly ((at: number) => [string, Record<string, string>])[] = [
  (at) => ['price', { coins: coin(at) }],
  (at) => ['coin', { coin: coin(at) }],
  (at) => ['chart', { coin: coin(at), range: RANGES[at % RANGES.length] ?? '7d' }],
  () => ['faq', { question: 'what is a subnet?' }],
  (at) => ['compare', { coins: `tao ${coin(at + 1)}` }],
  (at) => ['convert', { query: `${at} tao usd` }],
  () => ['network', {}],
];
const PAGES = [
  '/',
  '/coins/bittensor',
  '/api/ask?q=/price%20tao',
  '/subnets',
  '/charts/near.png?range=7d',
  '/metrics',
  '/readyz',
];

type Ends = { discord: FakeDiscord; slack: FakeSlack; gecko: FakeCoinGecko };

const coin = (at: number): string => COINS[at % COINS.length] ?? 'tao';
let people = 0;
const somebody = (): string => String(740_000_000_000_000_000n + BigInt(people++));

export async function live({ discord, slack, gecko }: Ends, { seconds, base }: Life): Promise<LifeReport> {
  const report = { discord: 0, slack: 0, web: 0, unanswered: 0, digests: 0, digestPosts: 0, alerts: 0, alertPosts: 0 };
  const asked: FakeInteraction[] = [];
  const pending: Promise<unknown>[] = [];
  const problems: Record<string, number> = {};
  const missed = (what: string) => (error?: unknown) => {
    const said = error instanceof Error ? `${what}: ${error.message}` : what;
    problems[said] = (problems[said] ?? 0) + 1;
    report.unanswered++;
  };
  const before = discord.messages().length;
  const digestChannels = await digests(discord, seconds);
  report.digests = digestChannels.length;
  const started = performance.now();
  for (let turn = 0; performance.now() - started < seconds * 1000; turn++) {
    const [command, options] = COMMANDS[turn % COMMANDS.length]?.(turn) ?? ['price', { coins: 'tao' }];
    asked.push(discord.interact({ command, options, id: somebody() }));
    if (turn % 3 === 0)
      pending.push(
        slack.slash(`/${command}`, Object.values(options).join(' '), whom(turn)).catch(missed('a command in Slack')),
      );
    if (turn % 5 === 0) discord.message({ content: `<@${discord.botId}> price ${coin(turn)}`, id: somebody() });
    if (turn % 7 === 0)
      pending.push(slack.mention(`price ${coin(turn)} near`, whom(turn)).catch(missed('a mention in Slack')));
    if (turn % 4 === 0) discord.interact({ complete: 'coin', arg: 'coin', text: 't', id: somebody() });
    if (turn % 40 === 0) gecko.set('bittensor', { price: 250 * (1 + 0.02 * Math.sin(turn / 97)) });
    if (turn % 60 === 0) {
      const condition = turn % 120 === 0 ? 'above 252' : 'below 248';
      asked.push(discord.interact({ command: 'alert create', options: { target: 'tao', condition }, id: somebody() }));
      report.alerts++;
    }
    if (turn % 2 === 0) {
      const page = `${base}${PAGES[(turn / 2) % PAGES.length] ?? '/'}`;
      pending.push(
        fetch(page)
          .then(async (answer) => await answer.arrayBuffer())
          .catch(missed(page.replace(base, ''))),
      );
      report.web++;
    }
    report.discord++;
    await wait(Math.max(0, (turn + 1) * TURN_MS - (performance.now() - started)));
  }
  await Promise.all(pending);
  await wait(3000); // the three seconds that platforms give
  for (const { ackMs } of asked)
    if (!(ackMs <= 3000))
      missed(Number.isNaN(ackMs) ? 'never acknowledged in Discord' : 'acknowledged late in Discord')();
  const posts = discord.messages().slice(before);
  const own = posts.filter(({ interactionId, replyTo }) => interactionId === undefined && replyTo === undefined);
  report.digestPosts = own.filter(({ channel }) => digestChannels.includes(channel)).length;
  report.alertPosts = own.length - report.digestPosts;
  report.slack = slack.messages().length;
  return { ...report, problems };
}

const whom = (turn: number) => ({ user: `U0LIFE${turn}`, channel: `C0LIFE${turn % 60}` });

/** One digest for each whole minute of the time, each in a channel of its own. @returns the channels */
async function digests(discord: FakeDiscord, seconds: number): Promise<string[]> {
  const channels: string[] = [];
  const minutes = Math.floor(seconds / 60) - 1;
  const first = Math.floor(Date.now() / 60_000) + 2;
  for (let minute = 0; minute < minutes; minute++) {
    const time = new Date((first + minute) * 60_000).toISOString().slice(11, 16);
    const channel = String(BigInt(CHANNEL) + 1_000_000n + BigInt(minute));
    const who = { id: somebody(), permissions: MANAGE_CHANNELS, channel };
    const draft = discord.interact({
      command: 'digest create',
      options: { time, timezone: 'UTC', coins: 'tao' },
      ...who,
    });
    await discord.answered(draft);
    const { message } = draft;
    const buttons = flatten(message?.body.components ?? []).map(({ custom_id }) => custom_id ?? '');
    const confirm = buttons.find((id) => id.includes('confirm='));
    if (message === null || confirm === undefined) throw new Error('no draft');
    const edits = message.edits;
    discord.interact({ button: confirm, on: message, ...who });
    await discord.until(() => message.edits > edits, 'confirmation');
    channels.push(channel);
  }
  return channels;
}
