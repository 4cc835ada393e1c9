// Asks the fallback sources in their configured order and believes them only as far as they can be checked.
import { HOUR, MINUTE } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ConnectedSource } from './connect.ts';
import type { FallbackQuote } from './source.ts';
import type { FallbackSymbols } from './sources.ts';
import { FUTURE_MS, agree, allowedStep } from '../plausibility/price-check.ts';
import type { Point } from '../plausibility/price-check.ts';
import type { Source } from '../market.ts';
import { momentOf, type Stamp, stampOf } from '../../http/stamp.ts';

export type FallbackPrice = FallbackQuote & { source: Source };

export type Fallbacks = {
  /** Fetches a believable dollar price for the coin unless one of the last minute is held. Never throws. */
  refresh(id: string, last: Point | null): Promise<void>;
  /** The last believable price; null when there is none. */
  held(id: string): FallbackPrice | null;
  /** An independent dollar price of now, not compared with anything; null when no source has one. */
  second(id: string): Promise<number | null>;
  /** Some source has the coin, as far as we know. */
  knows(id: string): boolean;
  /** Those of the given coins that no source can price. */
  without(ids: readonly string[]): readonly string[];
  sources: readonly ConnectedSource[];
  close(): Promise<void>;
};

const HOLD_MS = MINUTE;
/** Older figures say nothing about now. */
const SECOND_MS = 15 * MINUTE;
const RECENT_MS = HOUR;
const LARGEST_GAP = Math.log(1.1);
/** A source that does not know a coin is believed for so long. */
const UNKNOWN_MS = HOUR;

/** `symbolsOf` gives the coin's ids at the sources, undefined for coins that none of them is known to list. */
export function createFallbacks(options: {
  sources: readonly ConnectedSource[];
  symbolsOf: (id: string) => FallbackSymbols | undefined;
  now: () => number;
  monotonic: () => number;
  log?: Log;
}): Fallbacks {
  const { sources, symbolsOf, now, monotonic, log } = options;
  const clocks = { now, monotonic };
  const held = new Map<string, { price: FallbackPrice; stamp: Stamp }>();
  /** When a source last answered that it does not know a coin (monotonic ms), by "source coin"; only mapped coins are asked for. */
  const unknown = new Map<string, number>();
  const triedAt = new Map<string, number>();
  const running = new Map<string, Promise<void>>();

  function noteUnknown(key: string, kind: 'ok' | 'missing' | 'limited' | 'failed'): void {
    if (kind === 'missing' && !unknown.has(key)) log?.warn({ detail: key }, 'fallback source does not know the coin');
    if (kind === 'ok' && unknown.has(key)) log?.info({ detail: key }, 'fallback source knows the coin again');
    if (kind === 'missing') unknown.set(key, monotonic());
    if (kind === 'ok') unknown.delete(key);
  }

  const heldOf = (id: string): FallbackPrice | null => {
    const found = held.get(id);
    return found === undefined ? null : { ...found.price, at: momentOf(found.stamp, clocks) };
  };

  const isUnknown = (key: string) => monotonic() - (unknown.get(key) ?? Number.NEGATIVE_INFINITY) < UNKNOWN_MS;
  const knows = (id: string) =>
    sources.some(({ source }) => symbolsOf(id)?.[source.id] !== undefined && !isUnknown(`${source.id} ${id}`));

  async function* answers(id: string): AsyncGenerator<FallbackPrice> {
    for (const source of sources) {
      const symbol = symbolsOf(id)?.[source.source.id];
      if (symbol === undefined || source.http.pausing()) continue;
      const answer = await source.quote(symbol);
      noteUnknown(`${source.source.id} ${id}`, answer.kind);
      if (answer.kind !== 'ok' || answer.data.at > now() + FUTURE_MS || answer.data.at <= 0) continue;
      yield { ...answer.data, at: Math.min(answer.data.at, now()), source: source.source };
    }
  }

  async function find(id: string, last: Point | null): Promise<void> {
    const doubted: FallbackPrice[] = [];
    for await (const price of answers(id)) {
      const partner = doubted.find((other) => agree(other.price, price.price));
      if (believable(price, last, now()) || partner !== undefined) {
        const found = partner ?? price;
        held.set(id, { price: found, stamp: stampOf(found.at, clocks) });
        return;
      }
      doubted.push(price);
    }
  }

  return {
    sources,
    knows,
    without: (ids) => ids.filter((id) => !knows(id)),
    held: heldOf,
    async refresh(id, last) {
      const ongoing = running.get(id);
      if (ongoing) return ongoing;
      if (monotonic() - (triedAt.get(id) ?? Number.NEGATIVE_INFINITY) < HOLD_MS) return undefined;
      triedAt.set(id, monotonic());
      const run = find(id, latest(last, heldOf(id))).finally(() => running.delete(id));
      running.set(id, run);
      return run;
    },
    async second(id) {
      for await (const price of answers(id)) if (now() - price.at <= SECOND_MS) return price.price;
      return null;
    },
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

/** Against a value younger than an hour: within 10 %. Against an older one: within the step that the time allows. */
function believable(price: FallbackPrice, last: Point | null, at: number): boolean {
  if (last === null) return true;
  const step = Math.abs(Math.log(price.price / last.price));
  return step <= (at - last.at < RECENT_MS ? LARGEST_GAP : allowedStep(price.at - last.at));
}

function latest(left: Point | null, right: Point | null): Point | null {
  if (left === null || right === null) return left ?? right;
  return right.at > left.at ? right : left;
}
