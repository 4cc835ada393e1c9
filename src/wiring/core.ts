// Wires the core once for every face of the bot: content, market, charts, store, digests and the dispatch of commands.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMANDS } from '../app/commands/index.ts';
import { digestCard } from '../app/digest/card.ts';
import { createDispatch, type Dispatch } from '../app/dispatch.ts';
import type { Services } from '../app/services.ts';
import type { Bot } from '../bots/bot.ts';
import { createCharts } from '../charts/charts.ts';
import { fillAnswer } from '../content/fill-placeholders.ts';
import { liveCoinIndex } from '../content/coin-search/live-coin-index.ts';
import { loadContent } from '../content/load.ts';
import { createDeliveryEngine, type DeliveryEngine } from '../delivery/engine.ts';
import { highWaterFile } from '../delivery/restore-guard.ts';
import { createDigests, type DigestRoom } from '../digests/engine.ts';
import { createFaqOnDemand } from '../faq/search.ts';
import type { Database } from '../store/database.ts';
import { createFeedback } from '../store/feedback.ts';
import { createMarketMemory } from '../store/market-memory.ts';
import { createSubnetsMemory } from '../store/subnets/snapshots.ts';
import { createSources, type SourceOptions } from './sources.ts';

const CONTENT = path.join(import.meta.dirname, '../content');

export type Core = {
  services: Services;
  dispatch: Dispatch;
  digests: Pick<DigestRoom, 'retire' | 'revive'>;
  /** Nothing is posted unless its `tick` is called. */
  deliveries: DeliveryEngine;
  /** Starts what is slow at first use (the drawing process, the FAQ model), for when chats are about to ask. */
  warm(): void;
  close(): Promise<void>;
};

export type CoreOptions = SourceOptions & {
  version: string;
  database: Database;
  /** By name; filled by the caller as platforms are made, read when something is to be posted. */
  bots: ReadonlyMap<string, Bot>;
  onRequest?: (platform: string, command: string, outcome: string, ms: number) => void;
};

/**
 * Wires the core. Nothing connects before this; the market begins to fetch here; the chain is read when first asked, or steadily once `services.subnets.start()` is called.
 * @throws ContentError when a content file is wrong
 */
export function createCore(options: CoreOptions): Core {
  const { config, database, log, now, bots } = options;
  const content = loadContent(CONTENT);
  const memory = createMarketMemory(database);
  const { market, chain, subnets } = createSources(options, content.coins, memory, createSubnetsMemory(database));
  const charts = createCharts();
  const digests = createDigests({ database, now, log });
  const services: Services = {
    content: {
      ...content,
      index: liveCoinIndex(content.coins, market),
      search: createFaqOnDemand(() => content.faq.values()),
      fill: fillAnswer,
    },
    market,
    chain,
    subnets,
    charts,
    feedback: createFeedback(database, now),
    digests: digests.digests,
    defaults: {
      currency: config.DEFAULT_CURRENCY,
      locale: config.DEFAULT_LOCALE,
      timeZone: config.DEFAULT_TIMEZONE,
      publicUrl: config.PUBLIC_URL ?? null,
    },
    about: { version: options.version, startedAt: now(), notes: digests.zoneNotes },
  };
  const deliveries = createDeliveryEngine({
    database,
    bots,
    kinds: [digests.kind((order) => digestCard(order, services, now()))],
    now,
    sleep: (ms) => sleep(ms),
    log,
    highWaterFile: highWaterFile(config.DATABASE_URL),
  });
  market.start();
  return {
    services,
    dispatch: createDispatch({ ...options, commands: COMMANDS, services }),
    digests,
    deliveries,
    warm() {
      charts.start();
      services.content.search.complete('', 1);
    },
    async close() {
      await Promise.allSettled([market.close(), subnets.close(), charts.close()]);
    },
  };
}
