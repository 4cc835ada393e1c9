// Keeps the prices of one currency fresh: one batch at a time, shared by everybody who waits for it.
import type { Log } from '../../base/log.ts';
import type { CoinGecko, MarketPage } from '../coingecko/client.ts';
import type { QuoteCache } from '../quote-cache.ts';
import { COINGECKO, ENDPOINTS } from '../coingecko/client.ts';
import type { Intake } from '../plausibility/batch-check.ts';
import { SENTINELS } from '../plausibility/sentinels.ts';
import type { CallMeter } from '../coingecko/call-meter.ts';
import type { Purpose } from '../coingecko/call-shares.ts';
import type { Watch } from './demand.ts';
import { createAttempts, forbiddenBy } from '../attempts.ts';
import { HOUR, type Sleep } from '../../base/clock.ts';

export type CurrencyRefresher = {
  /** Starts or joins a batch that covers the ids, if one is due; resolves when it is through. Never throws. */
  refresh(ids: readonly string[]): Promise<void>;
  /** A batch regardless of demand, if the last attempt is older than `minAgeMs`, or sooner after a failure. */
  poll(minAgeMs: number): Promise<void>;
  /** One more look at doubted prices, from the share of the budget for single coins, if the last attempt is older than `minAgeMs`. */
  lookAgain(minAgeMs: number): Promise<void>;
  /** Those of the ids that have no value, or one that is due for renewal. */
  stale(ids: readonly string[]): string[];
  /** Why there is no value for the id. */
  reason(id: string): string;
  /** Start of the batch under way (monotonic ms); null when there is none. */
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
  monotonic: () => number;
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
  const { currency, client, cache, intake, meter, watch, monotonic } = options;
  const unlisted = new Map<string, number>();
  const attempts = createAttempts(monotonic);
  let running: { work: Promise<void>; ids: ReadonlySet<string> | null; since: number } | null = null;
  let covered: ReadonlySet<string> = new Set();
  let strangeRefusedAt: number | null = null;

  const interval = () => meter.refreshMs(watch.activeCurrencies());
  const notListed = (id: string) => monotonic() - (unlisted.get(id) ?? Number.NEGATIVE_INFINITY) < UNLISTED_MS;

  function stale(ids: readonly string[]): string[] {
    const seenBefore = monotonic() - interval();
    return ids.filter((id) => {
      const held = cache.get(currency, id);
      return !notListed(id) && (held === null || held.seenAt <= seenBefore);
    });
  }

  /** Ids that want a value and were not in the last batch. */
  const uncovered = (ids: readonly string[]) => stale(ids).some((id) => !covered.has(id));

  /** `again`: known coins are read although their values are young, because one of them is in doubt. */
  async function batch(purpose: Purpose, again: boolean): Promise<void> {
    await options.sleep(GATHER_MS);
    const wanted = watch.ids().filter((id) => !notListed(id));
    const ids = withinOneAddress(wanted.filter(options.isKnown));
    const strange = withinOneAddress(wanted.filter((id) => !options.isKnown(id)));
    if (running !== null) running.ids = new Set([...ids, ...strange]);
    const early = again || purpose === 'quotes' || uncovered(ids);
    await Promise.all([
      early ? readKnown(ids, purpose) : undefined,
      strange.length > 0 && mayReadStrange() ? readStrange(strange) : undefined,
    ]);
  }

  /**
   * Ids that nobody has heard of: a refusal of these says nothing about the source, and nothing waits for them but their askers. Sentinels are
   * asked with them: a page that lacks even these was cut short.
   */
  async function readStrange(ids: readonly string[]): Promise<void> {
    const asked = [...SENTINELS.map(({ id }) => id), ...ids];
    const [answer] = await Promise.all([client.markets(asked, currency, 'lookup'), options.prepare()]);
    strangeRefusedAt = answer.kind === 'ok' ? null : monotonic();
    if (answer.kind !== 'ok' || !(await intake.accept(answer.data.rows, currency, answer.data.aheadMs))) return;
    answer.data.judge(null);
    if (answer.data.broken === 0) markUnlisted(ids, new Set(answer.data.rows.map((row) => row.id)));
  }

  /** Not while the source is in trouble, and after a refusal only at the pace of everything else. */
  function mayReadStrange(): boolean {
    if (attempts.failure() !== null) return false;
    return strangeRefusedAt === null || monotonic() - strangeRefusedAt >= interval();
  }

  async function readKnown(ids: readonly string[], purpose: Purpose): Promise<void> {
    const [answer] = await Promise.all([client.markets(ids, currency, purpose), options.prepare()]);
    const forbidden = forbiddenBy(answer);
    if (forbidden !== null) return attempts.forbidden(forbidden, purpose !== 'quotes');
    attempts.made(answer.kind === 'ok' ? await judged(answer.data) : answer.reason);
    if (answer.kind !== 'ok' || !attempts.healthy()) return;
    covered = new Set(ids);
    if (answer.data.broken === 0) markUnlisted(ids, new Set(answer.data.rows.map((row) => row.id)));
  }

  /** What is wrong with the page as a whole; null when it is believed. Sentinels are in every question, so no answer is empty. */
  async function judged({ rows, aheadMs, judge }: MarketPage): Promise<string | null> {
    const believed = rows.length > 0 && (await intake.accept(rows, currency, aheadMs));
    const fault = believed ? null : `${COINGECKO.name} sends ${rows.length === 0 ? 'no' : 'implausible'} prices`;
    // Dollars speak for the endpoint as a whole; another currency is only left alone by itself.
    judge(currency === 'usd' ? fault : null);
    return fault;
  }

  /**
   * Only coins without any value: a row that is missing for once must not take a known price away. A page that lacks what is always listed
   * was cut short and says nothing about the others.
   */
  function markUnlisted(asked: readonly string[], listed: ReadonlySet<string>): void {
    if (!SENTINELS.every(({ id }) => listed.has(id))) return;
    if (unlisted.size > 5000) unlisted.clear();
    for (const id of asked) if (!listed.has(id) && cache.get(currency, id) === null) unlisted.set(id, monotonic());
  }

  function start(purpose: Purpose, again = false): Promise<void> {
    const work = batch(purpose, again)
      .catch((error: unknown) => {
        attempts.made('our price check failed');
        options.log?.warn({ err: error, currency }, 'batch of prices could not be handled');
      })
      .finally(() => {
        running = null;
      });
    running = { work, ids: null, since: monotonic() };
    return work;
  }

  /** What to call for now, null when it is not time for a call. New coins do not wait for their turn, unless the source is in trouble. */
  function wanted(ids: readonly string[]): Purpose | null {
    if (attempts.due(interval())) return 'quotes';
    return attempts.healthy() && uncovered(ids) ? 'lookup' : null;
  }

  /** Two rounds: the batch under way may lack the ids, the next one has them. */
  async function refresh(ids: readonly string[]): Promise<void> {
    for (let round = 0; round < 2; round++) {
      if (running === null) {
        const purpose = wanted(ids);
        return purpose === null ? undefined : start(purpose);
      }
      const { work, ids: sent } = running;
      const included = sent === null || ids.every((id) => sent.has(id));
      await work;
      if (included) return undefined;
    }
    return undefined;
  }

  async function callAfter(minAgeMs: number, purpose: Purpose): Promise<void> {
    const mayCall = running === null && client.http.pausing(ENDPOINTS.prices) === null;
    if (mayCall && attempts.due(minAgeMs)) await start(purpose, true);
  }

  return {
    refresh,
    poll: (minAgeMs) => callAfter(minAgeMs, 'quotes'),
    lookAgain: (minAgeMs) => callAfter(minAgeMs, 'lookup'),
    stale,
    reason(id) {
      if (notListed(id)) return `${COINGECKO.name} does not list this coin`;
      if (intake.checking(currency, id)) return 'the first price is being checked';
      const failure = attempts.failure();
      if (failure !== null) return failure;
      return covered.has(id)
        ? `${COINGECKO.name} has no price for this coin`
        : `${COINGECKO.name} did not answer in time`;
    },
    runningSince: () => running?.since ?? null,
    healthy: () => attempts.healthy(),
  };
}

/** As many ids, the first ones, as one address can hold. */
function withinOneAddress(ids: readonly string[]): string[] {
  let left = LONGEST_IDS;
  return ids.filter((id) => (left -= encodeURIComponent(id).length + SEPARATOR_LENGTH) >= 0);
}
