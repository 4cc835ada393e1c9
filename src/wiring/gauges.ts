// Figures of the running bot for `/metrics`: how old prices are, what they cost, which platforms are connected.
import type { Bot } from '../bots/bot.ts';
import { chainGauges } from './chain-gauges.ts';
import type { Core } from './core.ts';
import type { Sample } from '../web/metrics.ts';

/** Reads only what is known already: a scrape must not spend credits. */
export async function gauges(core: Core, chats: readonly Bot[], now: () => number): Promise<readonly Sample[]> {
  const books = await core.services.digests.totals();
  const status = core.services.market.status();
  const lastSuccessAt = Math.max(0, ...status.sources.map((source) => source.lastSuccessAt ?? 0));
  const gauge = (name: string, help: string, value: number, labels?: Record<string, string>): Sample => ({
    name,
    help,
    type: 'gauge',
    value,
    ...(labels === undefined ? {} : { labels }),
  });
  return [
    ...(lastSuccessAt === 0
      ? []
      : [
          gauge(
            'taobot_price_answer_age_seconds',
            'Time since a price source answered',
            Math.max(0, (now() - lastSuccessAt) / 1000),
          ),
        ]),
    gauge('taobot_api_credits_used', 'Calls to the price source this month', status.credits.used),
    gauge('taobot_api_credits_projected', 'Calls projected to the end of the month', status.credits.projected),
    ...status.sources.map((source) =>
      gauge('taobot_source_up', 'Price source answers (1) or fails (0)', source.state === 'ok' ? 1 : 0, {
        source: source.id,
      }),
    ),
    ...(['due', 'sent', 'skipped', 'dead', 'pending', 'ambiguous', 'gap'] as const).map((state) =>
      gauge('taobot_digests', 'Digests of the last weeks by state; due is the sum, gap must be 0', books[state], {
        state,
      }),
    ),
    ...chainGauges(core.services.subnets, now),
    ...chats.map((bot) =>
      gauge('taobot_platform_connected', 'Chat platform is connected (1) or not (0)', bot.health().connected ? 1 : 0, {
        platform: bot.name,
      }),
    ),
  ];
}
