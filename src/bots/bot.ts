// The port of a chat platform: start, stop, answer, and post what the clock asked for.
import type { Card } from '../app/card.ts';

/** Where a scheduled post goes. `tenant` is the Discord server or Slack workspace id ("-" where there is none). */
export type Target = { tenant: string; channel: string };

/** A rendered message, frozen before its first attempt so that a retry sends the same bytes. `data` is base64. */
export type Body = { json: unknown; files: readonly { name: string; alt: string; data: string }[] };

/**
 * What became of a post. `not-sent`: certainly not delivered, may be tried again after `retryAfterMs`; `ambiguous`: perhaps delivered;
 * the three `bad-*` must not be retried as they are. `code` is the platform's own error code.
 */
export type PostOutcome =
  | { kind: 'sent'; messageId: string }
  | { kind: 'not-sent'; code: string; retryAfterMs?: number }
  | { kind: 'ambiguous'; code: string }
  | { kind: 'bad-target'; code: string }
  | { kind: 'bad-body'; code: string }
  | { kind: 'bad-credential'; code: string };

export type BotHealth = { connected: boolean; detail: string };

export interface Bot {
  readonly name: 'discord' | 'slack' | 'terminal';
  start(): Promise<void>;
  /** Stops taking requests, finishes those under way, closes connections. Safe to call twice. */
  stop(): Promise<void>;
  health(): BotHealth;
  /** Renders a card (and its pictures) once, for later posts. */
  prepare(card: Card): Promise<Body>;
  /** Posts a prepared body. `key` (≤ 25 characters) identifies the delivery: the same key never makes two messages where the platform can tell. */
  post(target: Target, body: Body, key: string): Promise<PostOutcome>;
  /** Looks for an earlier post of `key` since `since` (epoch ms). `unknown`: the platform or our rights do not let us look. */
  find(
    target: Target,
    key: string,
    since: number,
  ): Promise<{ kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'unknown' }>;
  /** Removes an own message (digest option `replace`); absent messages are no error. */
  remove(target: Target, messageId: string): Promise<void>;
}
