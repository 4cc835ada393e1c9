// What one attempt works with.
import type { Sleep } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Bot } from '../../bots/bot.ts';
import type { Deliveries, DeliveryRow } from '../../store/delivery/deliveries.ts';
import type { Journal } from '../../store/delivery/journal.ts';
import type { DeliveryLedger } from '../../store/delivery/ledger.ts';
import type { FrozenBody } from '../bodies.ts';
import type { PlatformPauses } from '../limits/platform-pauses.ts';
import type { RefusedBodies } from '../limits/refused-bodies.ts';
import type { EngineRules } from '../limits/send-rules.ts';
import type { DeliveryKind, Owner } from '../port.ts';

/** Named points of a row's way; tests kill the process there. */
export type Step = 'claimed' | 'rendered' | 'marked-attempt' | 'posted' | 'settled';

export type AttemptTools = {
  bot: Bot;
  rules: EngineRules;
  /** By name. */
  kinds: ReadonlyMap<string, DeliveryKind>;
  deliveries: Deliveries;
  ledger: DeliveryLedger;
  pauses: PlatformPauses;
  refusedBodies: RefusedBodies;
  journal: Journal;
  bodyOf: (row: DeliveryRow, owner: Owner) => Promise<FrozenBody>;
  now: () => number;
  monotonic: () => number;
  sleep: Sleep;
  log: Log;
  step: (name: Step) => void;
  /** Told of each post that is marked as sent, with how long it was due (ms). */
  onSent: (kind: string, lateMs: number) => void;
};
