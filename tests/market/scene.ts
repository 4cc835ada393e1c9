// A market against fakes of all its sources, with a clock that the test moves.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createMarket } from '../../src/market/create.ts';
import type { MarketOptions } from '../../src/market/create.ts';
import type { Log } from '../../src/base/log.ts';
import type { Market, Quote } from '../../src/market/market.ts';
import { MINUTE, type Sleep } from '../../src/base/clock.ts';
import { createMemory } from '../fakes/market/memory.ts';
import { type FakeCoin, startFakeCoinGecko } from '../fakes/market/coingecko.ts';
import { startFakeFallbacks } from '../fakes/market/fallbacks.ts';

export const START = Date.parse('2026-11-22T10:00:00Z');
export { MINUTE } from '../../src/base/clock.ts';
const TAO = {
  id: 'bittensor',
  symbol: 'TAO',
  name: 'Bittensor',
  symbols: { coinpaprika: 'tao-bittensor', kraken: 'TAOUSD', coinbase: 'TAO-USD' },
};

/** Waits of people end when the test says so; pauses that only gather requests are skipped. */
function createPatience() {
  const waits = new Set<{ due: number; end: () => void }>();
  let passed = 0;
  const sleep: Sleep = (ms, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (ms < 50) return Promise.resolve();
    const wait = { due: passed + ms, end: resolve };
    waits.add(wait);
    const give = () => void (waits.delete(wait) && resolve());
    signal?.addEventListener('abort', give, { once: true });
    return promise;
  };
  const pass = (ms: number): void => {
    passed += ms;
    for (const wait of waits) if (wait.due <= passed && waits.delete(wait)) wait.end();
  };
  return {
    sleep,
    pass,
    /** How many waits are under way. */
    waiting: () => waits.size,
    /** The answer of somebody who waits in vain: every wait ends, whatever its length. */
    async outwait<T>(answer: Promise<T>): Promise<T> {
      const state = { answered: false };
      const mark = () => void (state.answered = true);
      answer.then(mark, mark);
      while (!state.answered) {
        await nextTurn();
        pass(MINUTE);
      }
      return answer;
    },
  };
}

/** Collects what is logged: `count` says how often a message came. */
function createTestLog(): Log & { count(message: string): number } {
  const messages: string[] = [];
  const write = (_fields: object, message: string) => void messages.push(message);
  return {
    debug: () => undefined,
    info: write,
    warn: write,
    error: write,
    count: (message) => messages.filter((text) => text === message).length,
  };
}

/** Real sockets, virtual time: `clock.now` moves only when the test says so. */
export async function openScene(overrides: Partial<MarketOptions> = {}, world?: readonly FakeCoin[]) {
  /** `now` is the true time; our wall clock is `skewMs` ahead of it, the monotonic one runs with it. */
  const clock = { now: START, skewMs: 0 };
  const now = () => clock.now;
  const log = createTestLog();
  const gecko = await startFakeCoinGecko({ now, ...(world === undefined ? {} : { world }) });
  const others = await startFakeFallbacks({ now });
  const patience = createPatience();
  const memory = createMemory();
  const markets: Market[] = [];
  const open = (more: Partial<MarketOptions> = {}): Market => {
    const market = createMarket({
      plan: 'pro',
      apiKey: 'CG-test-key',
      fallbacks: [],
      coins: [TAO],
      memory,
      now: () => clock.now + clock.skewMs,
      monotonic: () => clock.now - START,
      log,
      sleep: patience.sleep,
      ...overrides,
      ...more,
      baseUrls: { coingecko: gecko.url, ...others.urls },
    });
    markets.push(market);
    return market;
  };
  return {
    clock,
    log,
    patience,
    gecko,
    others,
    memory,
    market: open(),
    /** Moves the clock and lets the background of a started market do what is due then. */
    async round(ms: number): Promise<void> {
      clock.now += ms;
      patience.pass(ms);
      while (patience.waiting() === 0) await nextTurn();
    },
    /** A second process on the same memory. */
    reopen: open,
    async close() {
      await Promise.all(markets.map((market) => market.close()));
      await Promise.all([gecko.close(), others.close()]);
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** The quote of TAO in dollars; fails when there is none. */
export async function tao(market: Market, currency = 'usd'): Promise<Quote & { checking: boolean }> {
  const result = (await market.quotes(['bittensor'], currency)).get('bittensor');
  if (result.quote === null) throw new Error(`no quote: ${result.reason}`);
  return { ...result.quote, checking: result.checking };
}

/** The reason why there is no quote. */
export async function reasonOf(market: Market, id = 'bittensor', currency = 'usd'): Promise<string> {
  const result = (await market.quotes([id], currency)).get(id);
  if (result.quote !== null) throw new Error('there is a quote');
  return result.reason;
}
