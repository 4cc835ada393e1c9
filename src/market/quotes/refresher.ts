// Keeps the prices of one currency fresh: one batch at a time, shared by everybody who waits for it.
import type { Log } from '../../base/log.ts';
import type { CoinGecko } from '../coingecko/client.ts';
import type { QuoteCache } from '../quote-cache.ts';
import { COINGECKO } from '../coingecko/client.ts';
import type { Intake } from '../plausibility/batch-check.ts';
import type { CallMeter } from '../coingecko/call-meter.ts';
import type { Watch } from './demand.ts';
import { HOUR, type Sleep } from '../../base/clock.ts';

export type CurrencyRefresher = {
  /** Starts or joins a batch that covers the ids, if one is due; resolves when it is through. Never throws. */
  refresh(ids: readonly string[]): Promise<void>;
  /** A batch regardless of demand, if the last one is older than `minAgeMs`. */
  poll(minAgeMs: number): Promise<void>;
  fresh(id: string): boolean;
  /** Why there is no value for the id. */
  reason(id: string): string;
  /** Start of the batch under way (epoch ms); null when there is none. */
  runningSince(): number | null;
  /** The source answered the last batch, believably. */
  healthy(): boolean;
};

export type CurrencyRefresherOptions = {
  currency: string;
  client: CoinGecko;
  cache: QuoteCache;
  intake: Intake;
  meter: CallMeter;
  watch: Watch;
  /** Runs beside the call and is waited for before the rows are judged (exchange rates for currencies other than the dollar). */
  prepare: () => Promise<void>;
  /** The directory holds the id. Others may be made up: they never share a call with those that are real. */
  isKnown: (id: string) => boolean;
  now: () => number;
  sleep: Sleep;
  log?: Log;
};

/** Requests that arrive together should share one batch: wait this long for the others before the call goes out. */
const GATHER_MS = 12;
/** Room for ids in an address; servers commonly refuse whole addresses above 8,000 characters (https://nginx.org/r/large_client_header_buffers). */
const LONGEST_IDS = 6_000;
/** An encoded comma. */
const SEPARATOR_LENGTH = 3;
/** A coin that CoinGecko does not list is not asked for again so soon. */
const UNLISTED_MS = HOUR;

export function createCurrencyRefresher(options: CurrencyRefresherOptions): CurrencyRefresher {
  const { currency, client, cache, intake, meter, watch, now } = options;
  const unlisted = new Map<string, number>();
  let running: { work: Promise<void>; ids: ReadonlySet<string> | null; since: number } | null = null;
  let batchAt = Number.NEGATIVE_INFINITY;
  let covered: ReadonlySet<string> = new Set();
  let failure: string | null = null;

  const interval = () => meter.refreshMs(watch.activeCurrencies());
  const due = () => now() - batchAt >= interval();
  const notListed = (id: string) => now() - (unlisted.get(id) ?? Number.NEGATIVE_INFINITY) < UNLISTED_MS;

  function fresh(id: string): boolean {
    if (notListed(id)) return true;
    const held = cache.get(currency, id);
    return held !== null && now() - held.seenAt < interval();
  }

  async function batch(purpose: 'quotes' | 'lookup'): Promise<void> {
    await options.sleep(GATHER_MS);
    const wanted = watch.ids().filter((id) => !notListed(id));
    const ids = withinOneAddress(wanted.filter(options.isKnown));
    const strange = withinOneAddress(wanted.filter((id) => !options.isKnown(id)));
    if (running !== null) running.ids = new Set([...ids, ...strange]);
    const early = purpose === 'quotes' || ids.some((id) => !fresh(id) && !covered.has(id));
    await Promise.all([
      early ? readKnown(ids, purpose) : undefined,
      strange.length > 0 ? readStrange(strange) : undefined,
    ]);
  }

  /** Ids that nobody has heard of: a refusal of these says nothing about the source, and nothing waits for them but their askers. */
  async function readStrange(ids: readonly string[]): Promise<void> {
    const [answer] = await Promise.all([client.markets(ids, currency, 'lookup'), options.prepare()]);
    if (answer.kind !== 'ok' || !(await intake.accept(answer.data.rows, currency))) return;
    if (answer.data.broken === 0) markUnlisted(ids, new Set(answer.data.rows.map((row) => row.id)));
  }

  async function readKnown(ids: readonly string[], purpose: 'quotes' | 'lookup'): Promise<void> {
    const [answer] = await Promise.all([client.markets(ids, currency, purpose), options.prepare()]);
    if (answer.kind !== 'ok') {
      failure = answer.reason;
      return;
    }
    if (!(await intake.accept(answer.data.rows, currency))) {
      failure = `${COINGECKO.name} sends implausible prices`;
      // Dollars speak for the source as a whole; another currency is only left alone until its next turn.
      if (currency === 'usd') client.http.distrust(failure);
      else [batchAt, covered] = [now(), new Set(ids)];
      return;
    }
    failure = null;
    [batchAt, covered] = [now(), new Set(ids)];
    if (answer.data.broken === 0) markUnlisted(ids, new Set(answer.data.rows.map((row) => row.id)));
  }

  /** Only coins without any value: a row that is missing for once must not take a known price away. */
  function markUnlisted(asked: readonly string[], listed: ReadonlySet<string>): void {
    if (unlisted.size > 5000) unlisted.clear();
    for (const id of asked) if (!listed.has(id) && cache.get(currency, id) === null) unlisted.set(id, now());
  }

  function start(purpose: 'quotes' | 'lookup'): Promise<void> {
    const work = batch(purpose)
      .catch((error: unknown) => {
        failure = 'our price check failed';
        options.log?.warn({ error: String(error), currency }, 'batch of prices could not be handled');
      })
      .finally(() => {
        running = null;
      });
    running = { work, ids: null, since: now() };
    return work;
  }

  /** Two rounds: the batch under way may lack the ids, the next one has them. */
  async function refresh(ids: readonly string[]): Promise<void> {
    for (let round = 0; round < 2; round++) {
      if (running === null) {
        const lookup = ids.some((id) => !fresh(id) && !covered.has(id));
        return due() ? start('quotes') : lookup ? start('lookup') : undefined;
      }
      const { work, ids: sent } = running;
      const included = sent === null || ids.every((id) => sent.has(id));
      await work;
      if (included) return undefined;
    }
    return undefined;
  }

  return {
    refresh,
    async poll(minAgeMs) {
      if (running === null && now() - batchAt >= minAgeMs && !client.http.pausing()) await start('quotes');
    },
    fresh,
    reason(id) {
      if (notListed(id)) return `${COINGECKO.name} does not list this coin`;
      if (intake.checking(currency, id)) return 'the first price is being checked';
      if (failure !== null) return failure;
      return covered.has(id)
        ? `${COINGECKO.name} has no price for this coin`
        : `${COINGECKO.name} did not answer in time`;
    },
    runningSince: () => running?.since ?? null,
    healthy: () => failure === null && batchAt > 0,
  };
}

/** As many ids, the first ones, as one address can hold. */
function withinOneAddress(ids: readonly string[]): string[] {
  let left = LONGEST_IDS;
  return ids.filter((id) => (left -= encodeURIComponent(id).length + SEPARATOR_LENGTH) >= 0);
}
