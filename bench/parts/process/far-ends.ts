// Both platforms, prices and the chain in a process of their own, as in life, with people who ask there: driven by orders over IPC.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startFakeCoinGecko } from '../../../tests/fakes/market/coingecko.ts';
import { startFakeDiscord } from '../../../tests/fakes/discord/discord.ts';
import { startFakeSlack } from '../../../tests/fakes/slack/slack.ts';
import { startFakeNode } from '../../../tests/fakes/subtensor/subtensor-node.ts';
import { createWorld } from '../../../tests/fakes/subtensor/subtensor-world.ts';
import { startFakeSubtensor } from '../../../tests/fakes/subtensor/subtensor.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';
import { type Question, said } from './question.ts';
import { firstAnswer, play, type Traffic, type TrafficReport } from './traffic.ts';
import { type Life, live, type LifeReport } from './life.ts';
import { type Crowd, crowd, type CrowdReport, slackToken, TENANTS } from './tenants.ts';

type Orders = {
  /** Waits until both platforms are connected; ms. */
  connected: { ask: null; say: null };
  /** Sends one command as soon as Discord is connected; `at`: when it was answered (epoch ms). */
  first: { ask: null; say: { at: number } };
  traffic: { ask: Traffic; say: TrafficReport };
  life: { ask: Life; say: LifeReport };
  crowd: { ask: Crowd; say: CrowdReport };
  /** Waits for the answer. */
  question: { ask: Question; say: null };
};
type Order = { [K in keyof Orders]: { kind: K; with: Orders[K]['ask'] } }[keyof Orders];

export type FarEnds = {
  /** The environment of a program that is to talk to them. */
  settings: Record<string, string>;
  order<K extends keyof Orders>(kind: K, given: Orders[K]['ask']): Promise<Orders[K]['say']>;
  close(): void;
};

/** `tenants`: servers in Discord and as many workspaces in Slack that installed the app (HTTP mode), under the limits of both; 0: one of each, without limits. `whole`: 18,000 coins and 128 subnets for a few coins and none. */
type Wish = { tenants?: number; whole?: boolean };

export async function openFarEnds(wish: Wish = {}): Promise<FarEnds> {
  const child: ChildProcess = fork(import.meta.filename, ['far-ends', JSON.stringify(wish)], { execArgv: [] });
  const [settings] = (await once(child, 'message')) as [Record<string, string>];
  return {
    settings,
    async order(kind, given) {
      child.send({ kind, with: given });
      const [said] = (await once(child, 'message')) as [{ error?: string; say?: unknown }];
      if (said.error !== undefined) throw new Error(said.error);
      return said.say as never;
    },
    close: () => void child.kill(),
  };
}

/** https://docs.slack.dev/reference/methods/chat.postMessage#rate_limiting: one a second and channel with bursts, "several hundred" a minute and workspace. */
const SLACK_LIMITS = { burst: 3, perSecond: 1, perMinute: 300 };

async function serve({ tenants = 0, whole = false }: Wish): Promise<void> {
  const [discord, slack, gecko, chain] = await Promise.all([
    startFakeDiscord({ checks: false, ...(tenants > 0 ? { guilds: tenants, limiter: 'sliding', perSecond: 50 } : {}) }),
    startFakeSlack({ admins: ['U0ADMIN'], ...(tenants > 0 ? { limits: SLACK_LIMITS } : {}) }),
    startFakeCoinGecko(whole ? { world: coinWorld() } : {}),
    whole ? startFakeNode(createWorld({ now: Date.now }), { now: Date.now }) : startFakeSubtensor(),
  ]);
  const ends = { discord, slack, gecko };
  for (let index = 0; index < tenants; index++)
    slack.space.tokens.set(slackToken(index), { team: TENANTS.slack(index).tenant, botUser: slack.botUser });
  const connected = () =>
    discord.until(() => discord.gateway.connections() > 0 && (tenants > 0 || slack.socket.open() > 0), 'both');
  const obey = async (order: Order): Promise<unknown> => {
    if (order.kind === 'connected') return await connected();
    if (order.kind === 'first') return await firstAnswer(discord);
    if (order.kind === 'crowd') return await crowd(ends, order.with);
    if (order.kind === 'question') return await said(discord, order.with);
    return order.kind === 'traffic' ? await play(ends, order.with) : await live(ends, order.with);
  };
  process.on('disconnect', () => process.exit(0)); // the one who asked is gone
  process.on('message', (order: Order) => {
    obey(order).then(
      (say) => process.send?.({ say: say ?? null }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.send?.({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    ...(tenants > 0
      ? {
          SLACK_SIGNING_SECRET: slack.signingSecret,
          SLACK_CLIENT_ID: '123.456',
          SLACK_CLIENT_SECRET: 'bench-client-secret',
          SLACK_STATE_SECRET: 'bench-state-secret-of-length',
        }
      : { SLACK_BOT_TOKEN: slack.token, SLACK_APP_TOKEN: slack.appToken }),
    SLACK_API_URL: slack.url,
    COINGECKO_API_URL: gecko.url,
    COINGECKO_PLAN: 'pro',
    COINGECKO_API_KEY: 'CG-bench-key',
    MARKET_FALLBACKS: 'none',
    SUBTENSOR_RPC_URL: chain.url,
    SUBTENSOR_ARCHIVE_URL: 'none',
    LOG_LEVEL: 'info',
  });
}

if (process.argv[2] === 'far-ends') await serve(JSON.parse(process.argv[3] ?? '{}') as Wish);
