// Slack: how much later than a bare Bolt handler do we acknowledge, while every event is also answered?
import { setTimeout as wait } from 'node:timers/promises';
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { COMMANDS } from '../src/app/commands/index.ts';
import { createComplete } from '../src/app/input/autocomplete.ts';
import { vocabularyOf } from '../src/app/reader/vocabulary.ts';
import { createSlackBot } from '../src/bots/slack/bot.ts';
import { createInstallations } from '../src/store/slack/installations.ts';
import { createInbox } from '../src/store/inbox/inbox.ts';
import { openTestCore } from '../tests/fakes/core.ts';
import { type FakeSlack, startFakeSlack } from '../tests/fakes/slack/slack.ts';
import { isQuick } from './parts/quick.ts';

const BLOCKS = isQuick() ? 1 : 12;
const EVENTS = isQuick() ? 15 : 90;
/** Between two events: a busy workspace, far above Slack's 30,000 an hour. */
const GAP_MS = 20;

type Side = { slack: FakeSlack; times: number[]; stop(): Promise<void> };

const sleep = (ms: number): Promise<void> => wait(ms, undefined, { ref: false });

/** The smallest sensible bot: acknowledges, then answers with the same words. */
async function startEcho(): Promise<Side> {
  const slack = await startFakeSlack();
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.url } },
  });
  const app = new App({
    token: slack.token,
    receiver,
    convoStore: false,
    deferInitialization: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.url },
  });
  app.command(/.*/, async ({ ack, body, respond }) => {
    await ack();
    await respond({ text: body.text, response_type: 'in_channel' });
  });
  app.event('app_mention', async ({ event, say }) => void (await say({ text: event.text, thread_ts: event.ts })));
  await app.init();
  await app.start();
  return {
    slack,
    times: [],
    async stop() {
      await receiver.client.disconnect();
      await slack.close();
    },
  };
}

async function startOurs(): Promise<Side> {
  const slack = await startFakeSlack();
  const core = await openTestCore({
    settings: { COINGECKO_PLAN: 'pro', COINGECKO_API_KEY: 'CG-bench-key', LOG_LEVEL: 'silent' },
  });
  const bot = createSlackBot({
    botToken: slack.token,
    appToken: slack.appToken,
    apiUrl: slack.url,
    commands: COMMANDS,
    dispatch: core.dispatch,
    vocabulary: vocabularyOf(core.services),
    complete: createComplete(core.services),
    seenKeys: createInbox(core.database, Date.now),
    installations: createInstallations(core.database, Date.now),
    defaults: { locale: 'en', timeZone: 'UTC', publicUrl: null },
    log: core.log,
    now: Date.now,
    sleep,
  });
  await bot.start();
  return {
    slack,
    times: [],
    async stop() {
      await bot.stop();
      await Promise.all([core.close(), slack.close()]);
    },
  };
}

/** Commands and mentions of many people at a steady pace; ends when all are answered, so that no work spills over to the other side. */
async function block({ slack, times }: Side, name: string): Promise<void> {
  const before = slack.messages().length;
  const sent: Promise<number>[] = [];
  for (let i = 0; i < EVENTS; i++) {
    const where = { user: `U0${name}X${i}`, channel: `C0BENCH${i % 40}` };
    const event = i % 2 === 0 ? slack.slash('/coin', 'tao', where) : slack.mention('price tao near', where);
    sent.push(event.then(({ ms }) => ms));
    await sleep(GAP_MS);
  }
  times.push(...(await Promise.all(sent)));
  await slack.waitFor(before + EVENTS);
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Milliseconds from an event to its acknowledgement; `slackAckRatioP99` is ours over the bare handler's. */
export async function run(): Promise<Record<string, number>> {
  const sides = [await startEcho(), await startOurs()] as const;
  for (const side of sides) await block(side, 'W');
  for (const { times } of sides) times.length = 0; // both are warm now
  for (let number = 0; number < BLOCKS; number++) for (const side of sides) await block(side, `B${number}`); // moods of the machine hit both
  const [echo, ours] = sides;
  const result = {
    slackAckP50Ms: percentile(ours.times, 0.5),
    slackAckP99Ms: percentile(ours.times, 0.99),
    slackBareAckP99Ms: percentile(echo.times, 0.99),
    slackAckRatioP99: percentile(ours.times, 0.99) / percentile(echo.times, 0.99),
  };
  await Promise.all([echo.stop(), ours.stop()]);
  return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, Number(value.toFixed(3))]));
}
