// Wires the core once for every face of the bot: content, market, charts, store, digests and the dispatch of commands.
import { createAlerts, type AlertRoom } from '../alerts/engine.ts';
import { datedPriceLine } from '../app/blocks/price-line.ts';
import { crossedCard, endingCard } from '../app/alerts/card.ts';
import { halvingPart } from '../app/bittensor/halving.ts';
import type { Outcome } from '../app/card.ts';
import { COMMANDS } from '../app/commands/index.ts';
import { digestCard } from '../app/digest/card.ts';
import { stoppedCard } from '../app/digest/stopped-card.ts';
import { createDispatch, type Dispatch } from '../app/dispatch.ts';
import type { Services } from '../app/services.ts';
import type { Bot } from '../bots/bot.ts';
import { realSleep } from '../base/clock.ts';
import { createCharts } from '../charts/charts.ts';
import { fillAnswer } from '../content/fill-placeholders.ts';
import { liveCoinIndex } from '../content/coin-search/live-coin-index.ts';
import { RENAMED_COINS } from '../content/coin-search/renamed-coins.ts';
import type { Content } from '../content/schema.ts';
import { originFile } from '../delivery/copied-folder.ts';
import { createDeliveryEngine, type DeliveryEngine } from '../delivery/engine.ts';
import type { AskRights } from '../delivery/rights-in-time.ts';
import { highWaterFile } from '../delivery/restore-guard.ts';
import { createDigests, type DigestRoom } from '../digests/engine.ts';
import { createRecentAnswers } from '../faq/recent-answers.ts';
import { dueForReview } from '../content/review.ts';
import { createFaqOnDemand } from '../faq/loading/on-demand.ts';
import type { Digests } from '../digests/digests.ts';
import type { Market, Series } from '../market/market.ts';
import type { Database } from '../store/database.ts';
import { createFeedback } from '../store/feedback/feedback.ts';
import { createMarketMemory } from '../store/market-memory.ts';
import { createPersonalData } from '../store/privacy/personal-data.ts';
import { createSubnetsMemory } from '../store/subnets/snapshots.ts';
import { createRetention } from '../store/retention.ts';
import { createReadDeadline } from '../store/read-deadline.ts';
import { createTickers, type TickerRoom } from '../tickers/engine.ts';
import { createLoopUse } from './health/loop-use.ts';
import { createSources, type SourceOptions } from './sources.ts';
import { createUnderWay } from './stop-all.ts';

export type Core = {
  services: Services;
  dispatch: Dispatch;
  digests: Pick<DigestRoom, 'retire' | 'suspend' | 'revive' | 'isAnyActive'>;
  alerts: Pick<AlertRoom, 'retire' | 'look' | 'doubts'>;
  tickers: Pick<TickerRoom, 'tick' | 'retire' | 'retry'>;
  /** Nothing is posted unless its `tick` is called. */
  deliveries: DeliveryEngine;
  /** Starts the drawing process beside everything else, so that the first picture finds it ready; unused, it goes after ten minutes. */
  prepareCharts(): void;
  /** Removes what the database does not keep for ever; for once an hour. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

export type CoreOptions = SourceOptions & {
  version: string;
  content: Content;
  database: Database;
  /** By name; filled by the caller as platforms are made, read when something is to be posted. */
  bots: ReadonlyMap<string, Bot>;
  onRequest?: (platform: string, command: string, outcome: Outcome, ms: number) => void;
  /** Of each scheduled post that was made: its kind, and how long it was due (ms). */
  onSent?: (kind: string, lateMs: number) => void;
  /** Whether others have said since this moment (monotonic ms) that the wall clock is right. */
  clockAgreed?: (since: number) => boolean;
};

/**
 * Wires the core. Nothing connects before this; the market begins to fetch here; the chain is read when first asked, or steadily once `services.subnets.start()` is called.
 */
export function createCore(options: CoreOptions): Core {
  const { config, content, database, log, now, bots, monotonic = now } = options;
  const startedAt = monotonic();
  const memory = createMarketMemory(database);
  const { market, chain, subnets } = createSources(options, content.coins, memory, createSubnetsMemory(database));
  const charts = createCharts();
  const canPost: AskRights = async (platform, target) =>
    (await bots.get(platform)?.canPost?.(target)) ?? { kind: 'unknown' };
  const digests = createDigests({ database, now, log, canPost });
  const feedback = createFeedback(database, now, { log });
  const alerts = createAlerts({
    database,
    canPost,
    sources: { market, subnets, chain, halvingPart },
    pastPrices: (coinId, currency) => pastDay(market, coinId, currency),
    now,
    log,
  });
  const tickers = createTickers({
    database,
    bots,
    words: (coin) => datedPriceLine(services, coin, now()),
    now,
    log,
  });
  const faq = createFaqOnDemand(() => content.faq.values(), {
    onChange: (what, ms) =>
      log.debug({ ms: Math.round(ms) }, what === 'ready' ? 'FAQ ready' : 'FAQ let go of, nobody asked'),
  });
  const services: Services = {
    content: {
      ...content,
      index: liveCoinIndex(content.coins, market),
      renamed: RENAMED_COINS,
      search: faq,
      fill: fillAnswer,
      due: dueForReview,
    },
    market,
    chain,
    subnets,
    charts,
    feedback,
    personal: createPersonalData(database),
    recentAnswers: createRecentAnswers(),
    recentWishes: createRecentAnswers(),
    digests: withinDeadline(digests.digests),
    alerts: alerts.alerts,
    tickers: tickers.tickers,
    defaults: {
      currency: config.DEFAULT_CURRENCY,
      locale: config.DEFAULT_LOCALE,
      timeZone: config.DEFAULT_TIMEZONE,
      publicUrl: config.PUBLIC_URL ?? null,
    },
    now,
    about: { version: options.version, uptimeMs: () => monotonic() - startedAt, notes: digests.zoneNotes },
  };
  const deliveries = createDeliveryEngine({
    database,
    bots,
    kinds: [
      alerts.kind({
        crossed: (order) => Promise.resolve(crossedCard(order, now())),
        ending: (alert, mention) => Promise.resolve(endingCard(alert, mention)),
      }),
      digests.kind((order) => digestCard(order, services, now())),
      digests.stoppedKind((view) => stoppedCard(view, services)),
    ],
    now,
    monotonic: options.monotonic ?? (() => performance.now()),
    sleep: realSleep,
    loopUse: createLoopUse,
    log,
    highWaterFile: highWaterFile(config.DATABASE_URL),
    originFile: originFile(config.DATABASE_URL),
    ...(options.onSent === undefined ? {} : { onSent: options.onSent }),
    ...(options.clockAgreed === undefined ? {} : { clockAgreed: options.clockAgreed }),
  });
  market.start();
  const beside = createUnderWay(realSleep);
  const forget = createRetention(database, now);
  return {
    services,
    dispatch: createDispatch({ ...options, monotonic, commands: COMMANDS, services }),
    digests,
    alerts,
    tickers: { ...tickers, tick: () => beside.add(tickers.tick()) },
    deliveries,
    forget: () => (deliveries.believesClock() ? beside.add(forget()) : Promise.resolve()),
    prepareCharts: charts.prepare,
    async close() {
      await Promise.allSettled([market.close(), subnets.close(), charts.close(), feedback.settled(), beside.ended()]);
    },
  };
}

/** What people look at only; what changes something is waited for. */
function withinDeadline(digests: Digests): Digests {
  const within = createReadDeadline();
  return {
    ...digests,
    list: (place) => within(digests.list(place)),
    notices: (asker) => within(digests.notices(asker)),
    totals: () => within(digests.totals()),
  };
}

/** Prices of the past day, for alerts that nobody looked at meanwhile. */
async function pastDay(market: Market, coinId: string, currency: string): Promise<Series['points']> {
  const { series } = await market.history(coinId, currency, '24h');
  return series === null ? [] : series.points;
}
