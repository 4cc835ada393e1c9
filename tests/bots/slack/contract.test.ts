// Slack keeps the contract of all bots, over a socket and over HTTP.
import { describe } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { messageCard } from '../../../src/app/error-card.ts';
import { createSlackBot } from '../../../src/bots/slack/bot.ts';
import { type BotFixture, describeBot, type Refusal } from '../../contracts/bot.ts';
import { NO_WORDS } from '../../fakes/vocabulary.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { type SlackFault, startFakeSlack } from '../../fakes/slack/slack.ts';

const REFUSALS: Record<Refusal, SlackFault> = {
  gone: { kind: 'error', error: 'channel_not_found' },
  forbidden: { kind: 'error', error: 'not_in_channel' },
  'too-large': { kind: 'error', error: 'msg_too_long' },
  limited: { kind: 'limited', seconds: 2 },
  credential: { kind: 'error', error: 'token_revoked' },
  broken: { kind: 'status', status: 502, commit: false },
};

const never = () => Promise.reject(new Error('no store here'));

async function open(mode: 'socket' | 'http'): Promise<BotFixture> {
  const clock = createTestClock();
  const slack = await startFakeSlack({ now: clock.now });
  const quiet = () => undefined;
  const bot = createSlackBot({
    botToken: slack.token,
    ...(mode === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
    apiUrl: slack.url,
    commands: COMMANDS,
    dispatch: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    vocabulary: NO_WORDS,
    complete: () => Promise.resolve([]),
    seenKeys: { seen: never },
    installations: { store: never, fetch: never, remove: never, tenantsOf: never, flaggedAt: never, setFlag: never },
    defaults: { locale: 'en', timeZone: 'UTC', publicUrl: null },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    now: clock.now,
    sleep: clock.sleep,
  });
  const fault = (what: SlackFault, times = Number.POSITIVE_INFINITY) => {
    let left = times;
    slack.fault = ({ method }) => (method === 'chat.postMessage' && left-- > 0 ? what : null);
  };
  return {
    bot,
    channel: (index) => ({ tenant: slack.team, channel: `C0CONTRACT${index}` }),
    visible: () => slack.messages().length,
    refuse: (how) => fault(REFUSALS[how]),
    loseAnswer: () => fault({ kind: 'reset', commit: true }, 1),
    hold() {
      const released = Promise.withResolvers<void>();
      fault({ kind: 'held', until: released.promise });
      const arrived = () => slack.space.calls.filter(({ method }) => method === 'chat.postMessage').length;
      return { arrived: (count) => slack.until(() => arrived() >= count), release: released.resolve };
    },
    down: () => slack.close(),
    forbidPosts: ({ channel }) => void (slack.space.options.outside = [channel]),
    closeHistory: () => void (slack.space.options.history = false),
    removes: true,
    async close() {
      await bot.stop();
      await slack.close();
    },
  };
}

describe.each(['socket', 'http'] as const)('%s mode', (mode) => {
  describeBot('Slack', () => open(mode));
});
