// Is the bot token good, and who are we? Asked at start, again with growing pauses while Slack does not answer, and after a revocation.
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../../base/log.ts';
import type { BotHealth } from '../../bot.ts';
import { failureOf } from '../outcomes.ts';
import { connectionTrouble } from './connection-trouble.ts';
import type { Identity } from './workspaces.ts';

export type TokenCheck = {
  /** Its `userId` is filled in once Slack has told it. */
  identity: Identity;
  start(): Promise<void>;
  stop(): void;
  /** Something says that the token may have ended. */
  again(): void;
  state(): BotHealth;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const CREDENTIAL_PAUSE_MS = 300_000;

export function createTokenCheck(options: {
  token: string;
  client: WebClient;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  /** Told in words what Slack refuses and what to do. */
  onBadCredential: (reason: string) => void;
}): TokenCheck {
  const { token, client, log, sleep, onBadCredential } = options;
  const identity: Identity = { token, userId: null };
  let state: BotHealth = { connected: false, detail: 'not started' };
  const ended = new AbortController();
  let running: Promise<void> | null = null;
  /** Null when the token is good, else the least pause before the next attempt (ms). */
  const ask = async (): Promise<number | null> => {
    try {
      const answer = await client.auth.test();
      identity.userId = answer.user_id ?? null;
      state = { connected: true, detail: 'connected (HTTP)' };
      return null;
    } catch (error) {
      const failure = failureOf(error);
      state = { connected: false, detail: connectionTrouble(failure, 'SLACK_BOT_TOKEN') };
      log.warn({ code: failure.code }, 'Slack token check failed');
      if (failure.kind !== 'bad-credential') return failure.kind === 'not-sent' ? (failure.retryAfterMs ?? 0) : 0;
      onBadCredential(state.detail);
      return CREDENTIAL_PAUSE_MS;
    }
  };
  const loop = async (attempted: () => void): Promise<void> => {
    for (let failures = 0; !ended.signal.aborted; failures++) {
      const pause = await ask();
      attempted();
      if (pause === null || ended.signal.aborted) return;
      await sleep(Math.max(pause, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10))));
    }
  };
  const run = (attempted: () => void): void => {
    running ??= loop(attempted)
      .catch((error: unknown) => log.error({ err: error }, 'the Slack token check ended'))
      .finally(() => {
        running = null;
      });
  };
  return {
    identity,
    start: () => new Promise<void>((resolve) => run(resolve)),
    stop() {
      ended.abort();
    },
    again: () => run(() => undefined),
    state: () => state,
  };
}
