// Thousands of servers and workspaces with a digest each, people who use commands in some of them meanwhile, and what arrived in each channel.
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeDiscord } from '../../../tests/fakes/discord/discord.ts';
import { guildId } from '../../../tests/fakes/discord/gateway.ts';
import type { FakeInteraction } from '../../../tests/fakes/discord/state.ts';
import type { FakeSlack } from '../../../tests/fakes/slack/slack.ts';

/** Place number `index` of a platform, as the ledger names it. */
export const TENANTS = {
  discord: (index: number) => ({ tenant: guildId(index), channel: String(710_000_000_000_100_000n + BigInt(index)) }),
  slack: (index: number) => ({ tenant: `T0BENCH${index}`, channel: `C0BENCH${index}` }),
} as const;

/** The token of a workspace that installed the app. */
export const slackToken = (index: number): string => `xoxb-bench-token-${index}`;

/**
 * `tenants` of each platform. People ask `perSecond` times a second in each of them, until every channel has its post, `seconds` at most;
 * with `posts: false` for `seconds`, as nothing is expected. `events`: where Slack's requests go.
 */
export type Crowd = { tenants: number; perSecond: number; seconds: number; posts: boolean; events: string };

/** `at…` in epoch ms, NaN without posts. `limited`: calls that the platform answered with 429. */
export type PlatformReport = {
  posts: number;
  twice: number;
  missing: number;
  firstAt: number;
  lastAt: number;
  limited: number;
  ackMs: number[];
  unanswered: number;
};
export type CrowdReport = { discord: PlatformReport; slack: PlatformReport };

type Post = { channel: string; at: number };
type Asking = { ask: (at: number) => void; done: () => Promise<Pick<PlatformReport, 'ackMs' | 'unanswered'>> };

/** Longest that a platform waits for an acknowledgement, and how long a second post is waited for. */
const LIMIT_MS = 3000;

let people = 0;

export async function crowd(ends: { discord: FakeDiscord; slack: FakeSlack }, wish: Crowd): Promise<CrowdReport> {
  const { discord, slack } = ends;
  slack.http = wish.events;
  const before = { discord: discord.state.calls.length, slack: slack.space.calls.length };
  const asking = { discord: inDiscord(discord, wish), slack: inSlack(slack, wish) };
  const posts = { discord: () => discordPosts(discord), slack: () => slackPosts(slack) };
  const isOver = (): boolean =>
    wish.posts &&
    Object.values(posts).every((read) => new Set(read().map(({ channel }) => channel)).size >= wish.tenants);
  const started = performance.now();
  let asked = 0;
  for (let passed = 0; passed < wish.seconds; passed = (performance.now() - started) / 1000) {
    for (; asked < Math.floor(passed * wish.perSecond); asked++)
      for (const { ask } of Object.values(asking)) ask(asked);
    if (asked % wish.perSecond === 0 && isOver()) break; // once a second: it reads everything
    await wait(5);
  }
  await wait(wish.posts ? LIMIT_MS / 3 : 0);
  const [inOne, inOther] = [await asking.discord.done(), await asking.slack.done()];
  const limited = {
    discord: discord.state.calls.slice(before.discord).filter(({ status }) => status === 429).length,
    slack: slack.space.limitedCalls,
  };
  return {
    discord: { ...tally(posts.discord(), wish), ...inOne, limited: limited.discord },
    slack: { ...tally(posts.slack(), wish), ...inOther, limited: limited.slack },
  };
}

function inDiscord(discord: FakeDiscord, { tenants }: Crowd): Asking {
  const asked: FakeInteraction[] = [];
  return {
    ask(at) {
      const { tenant, channel } = TENANTS.discord((at * 7) % tenants);
      const id = String(720_000_000_000_000_000n + BigInt(people++));
      asked.push(discord.interact({ command: 'price', options: { coins: 'tao' }, guild: tenant, channel, id }));
    },
    async done() {
      for (let waited = 0; waited < LIMIT_MS && asked.some(({ ackMs }) => Number.isNaN(ackMs)); waited += 50)
        await wait(50);
      return acknowledged(asked.map(({ ackMs }) => ackMs));
    },
  };
}

function inSlack(slack: FakeSlack, { tenants }: Crowd): Asking {
  const asked: Promise<number>[] = [];
  return {
    ask(at) {
      const { tenant: team, channel } = TENANTS.slack((at * 7) % tenants);
      const answered = slack.slash('/price', 'tao', { team, channel, user: `U0BENCH${people++}` });
      asked.push(
        answered.then(
          ({ ms, status }) => (status === 200 ? ms : Number.NaN),
          () => Number.NaN,
        ),
      );
    },
    done: async () => acknowledged(await Promise.all(asked)),
  };
}

function acknowledged(all: readonly number[]): Pick<PlatformReport, 'ackMs' | 'unanswered'> {
  const ackMs = all.filter((ms) => ms <= LIMIT_MS);
  return { ackMs, unanswered: all.length - ackMs.length };
}

function discordPosts(discord: FakeDiscord): Post[] {
  return discord.messages().filter(({ interactionId }) => interactionId === undefined);
}

/** Answers to commands come by their response address. */
function slackPosts(slack: FakeSlack): Post[] {
  const posts = slack.messages().filter(({ via }) => via === 'chat.postMessage');
  return posts.map(({ channel, at }) => ({ channel, at }));
}

function tally(posts: readonly Post[], { tenants }: Crowd) {
  const channels = new Set(posts.map(({ channel }) => channel));
  const times = posts.map(({ at }) => at);
  return {
    posts: posts.length,
    twice: posts.length - channels.size,
    missing: tenants - channels.size,
    firstAt: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    lastAt: times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  };
}
