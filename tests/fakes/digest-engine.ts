// Digests on the delivery engine, as the wiring joins them: what tests and benchmarks of scheduled posts start from.
import type { Card } from '../../src/app/card.ts';
import { messageCard } from '../../src/app/error-card.ts';
import type { Log } from '../../src/base/log.ts';
import { createDeliveryEngine, type DeliveryEngine, type DeliveryOptions } from '../../src/delivery/engine.ts';
import type { DeliveryKind } from '../../src/delivery/port.ts';
import type { Render } from '../../src/digests/digest-kind.ts';
import type { DigestView } from '../../src/digests/digests.ts';
import { createDigests, type DigestRoom } from '../../src/digests/engine.ts';
import { createDeliveryLedger, type DeliveryTotals } from '../../src/store/delivery/ledger.ts';

export type TestEngineOptions = Omit<DeliveryOptions, 'kinds' | 'log' | 'highWaterFile' | 'monotonic'> & {
  /** `now` when absent. */
  monotonic?: () => number;
  render: Render;
  /** Beside the digests, planned before them. */
  kinds?: readonly DeliveryKind[];
  zoneData?: () => string;
  highWaterFile?: string | null;
  log?: Partial<Log>;
};

export type TestEngine = DeliveryEngine &
  Omit<DigestRoom, 'kind' | 'stoppedKind'> & {
    /** The ledger's counts of all kinds, read anew. */
    totals(): Promise<DeliveryTotals>;
  };

function stoppedMessage({ trouble }: DigestView): Card {
  return messageCard('digest-stopped', 'ok', 'Your digest stopped', trouble ?? '');
}

/** A logger may be an object with a prototype, so it is called and not spread. */
function completed(log: Partial<Log> = {}): Log {
  return {
    debug: (fields, message) => log.debug?.(fields, message),
    info: (fields, message) => log.info?.(fields, message),
    warn: (fields, message) => log.warn?.(fields, message),
    error: (fields, message) => log.error?.(fields, message),
  };
}

export function createTestEngine({ render, zoneData, kinds = [], ...options }: TestEngineOptions): TestEngine {
  const log = completed(options.log);
  const { kind, stoppedKind, ...room } = createDigests({
    ...options,
    log,
    ...(zoneData === undefined ? {} : { zoneData }),
  });
  const highWaterFile = options.highWaterFile ?? null;
  const engine = createDeliveryEngine({
    ...options,
    monotonic: options.monotonic ?? options.now,
    log,
    highWaterFile,
    kinds: [...kinds, kind(render), stoppedKind(stoppedMessage)],
  });
  return { ...engine, ...room, totals: () => createDeliveryLedger(options.database).totals() };
}
