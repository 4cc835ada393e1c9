// Whether the bot does its work, in words for whoever looks at `/readyz`, and whether a restart would help, for `/livez`.
import { MINUTE } from '../../base/clock.ts';
import type { Bot } from '../../bots/bot.ts';
import { ageText } from '../../format/freshness.ts';
import type { MarketStatus } from '../../market/market.ts';
import type { DatabaseProbe } from '../../store/engine/probe.ts';
import type { Check } from '../../web/health/health.ts';
import type { Core } from '../core.ts';

/** Prices are called delayed from this age on. */
const PRICES_OLD_MS = 15 * MINUTE;

type Options = {
  core: { services: Pick<Core['services'], 'market' | 'about'>; deliveries: Pick<Core['deliveries'], 'health'> };
  chats: readonly Bot[];
  probe: DatabaseProbe;
  now: () => number;
};

/** One check per platform that is on, and those without which nothing works as it should. */
export async function readiness({ core, chats, probe, now }: Options): Promise<readonly Check[]> {
  const { ok, detail } = core.deliveries.health();
  const database = await probe();
  return [
    ...chats.map((bot) => ({ name: bot.name, ok: bot.health().connected, detail: bot.health().detail })),
    { name: 'database', ok: database.ok, detail: database.detail, needed: true },
    { name: 'deliveries', ok, detail, needed: true },
    pricesCheck(core.services.market.status(), core.services.about.uptimeMs(), now()),
  ];
}

/** What a restart mends: ticks that hang for ever, or a clock that does not call for them. */
export function liveness({ deliveries }: Pick<Options['core'], 'deliveries'>): readonly Check[] {
  const { stuck, detail } = deliveries.health();
  return [
    { name: 'process', ok: true, detail: 'answering' },
    { name: 'ticks', ok: !stuck, detail, needed: true },
  ];
}

/** Since when no source told prices (ms): since the last that did, or since the start. */
export function silenceMs({ sources }: Pick<MarketStatus, 'sources'>, uptimeMs: number, now: number): number {
  const lastAt = Math.max(...sources.map((source) => source.lastSuccessAt ?? Number.NEGATIVE_INFINITY));
  return Math.max(0, Math.min(uptimeMs, now - lastAt));
}

/** Old prices are no fault while nobody asks: the main source is asked seldom then, and is well. */
function pricesCheck(status: MarketStatus, uptimeMs: number, now: number): Check {
  const [main] = status.sources;
  const ageMs = silenceMs(status, uptimeMs, now);
  const told = status.sources.some((source) => source.lastSuccessAt !== null);
  const age = told ? `last answer of a source ${ageText(ageMs)} ago` : `no source answered since the start`;
  const ok = ageMs < PRICES_OLD_MS || main?.state === 'ok';
  return { name: 'prices', ok, detail: ok ? age : `${age} (${main?.lastError ?? 'unknown reason'})`, needed: true };
}
