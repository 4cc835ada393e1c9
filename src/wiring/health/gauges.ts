// Figures of the running bot for `/metrics`: how old prices are, what they cost, which platforms are connected.
import type { Bot } from '../../bots/bot.ts';
import { chainGauges } from './chain-gauges.ts';
import type { Core } from '../core.ts';
import type { MarketStatus } from '../../market/market.ts';
import type { Sample } from '../../web/health/metrics.ts';
import { silenceMs } from './readiness.ts';

const ALERT_STATES = ['active', 'told', 'missed', 'undeliverable', 'unreadable'] as const;
const BOOKS = ['due', 'sent', 'skipped', 'dead', 'pending', 'ambiguous', 'gap', 'unreadable'] as const;

function gauge(name: string, help: string, value: number, labels?: Record<string, string>): Sample {
  return { name, help, type: 'gauge', value, ...(labels === undefined ? {} : { labels }) };
}

/** Reads only what is known already: a scrape must not spend credits, and not wait for the database, whose absence these figures tell. */
export function gauges(
  core: Pick<Core, 'services' | 'alerts' | 'deliveries'>,
  chats: readonly Bot[],
  now: () => number,
): readonly Sample[] {
  const status = core.services.market.status();
  return [
    gauge(
      'taobot_price_answer_age_seconds',
      'Time since a price source answered, or since the start',
      silenceMs(status, core.services.about.uptimeMs(), now()) / 1000,
    ),
    ...priceAges(status, now()),
    gauge('taobot_api_credits_used', 'Calls to the price source this month', status.credits.used),
    gauge('taobot_api_credits_projected', 'Calls projected to the end of the month', status.credits.projected),
    ...(status.credits.allowed === null
      ? []
      : [
          gauge(
            'taobot_api_credits_allowed',
            'Calls that the plan allows a month, where it does',
            status.credits.allowed,
          ),
        ]),
    ...status.sources.map((source) =>
      gauge('taobot_source_up', 'Price source answers (1) or fails (0)', source.state === 'ok' ? 1 : 0, {
        source: source.id,
      }),
    ),
    ...pauses(status),
    ...doubts({ ...status.doubts, alerts: core.alerts.doubts() }),
    ...tickSamples(core),
    ...chainGauges(core.services.subnets, now),
    ...chats.map((bot) =>
      gauge('taobot_platform_connected', 'Chat platform is connected (1) or not (0)', bot.health().connected ? 1 : 0, {
        platform: bot.name,
      }),
    ),
  ];
}

/** What the books of scheduled posts say; they are read from the database. */
export async function bookGauges({
  services,
}: {
  services: {
    digests: Pick<Core['services']['digests'], 'totals'>;
    alerts: Pick<Core['services']['alerts'], 'totals'>;
  };
}): Promise<readonly Sample[]> {
  const [books, alerts] = await Promise.all([
    services.digests.totals().catch(() => null),
    services.alerts.totals().catch(() => null),
  ]);
  return [
    ...(books === null ? [] : BOOKS).map((state) =>
      gauge(
        'taobot_digests',
        'Posts of digests of the last weeks by state (due is the sum, gap must be 0), and digests set aside as damaged',
        books?.[state] ?? 0,
        {
          state,
        },
      ),
    ),
    ...(alerts === null ? [] : ALERT_STATES).map((state) =>
      gauge(
        'taobot_alerts',
        'Alerts that wait, crossings of the last 90 days by what became of them, and alerts set aside as damaged',
        alerts?.[state] ?? 0,
        { state },
      ),
    ),
  ];
}

/** Age of the prices themselves, in dollars: a source may answer, and its numbers be old or not believed. */
function priceAges({ pricedAt }: MarketStatus, now: number): Sample[] {
  const help = 'Age of the price of the first profiled coin, and of the oldest of all of them';
  const classes = [
    ['first', pricedAt.first],
    ['profiled', pricedAt.oldest],
  ] as const;
  return classes.flatMap(([name, at]) =>
    at === null ? [] : [gauge('taobot_price_age_seconds', help, Math.max(0, (now - at) / 1000), { class: name })],
  );
}

/** Whether the database answers. */
export function databaseGauge(ok: boolean): Sample {
  return gauge('taobot_database_up', 'Database answers (1) or not (0)', Number(ok));
}

/** Which version runs, always 1. */
export function buildInfo(version: string): Sample {
  return gauge('taobot_build_info', 'Version of the bot and of Node', 1, { version, node: process.versions.node });
}

/** Whether the clock of scheduled posts gets through: it does not while the database is away. */
function tickSamples({ deliveries }: Pick<Core, 'deliveries'>): Sample[] {
  const { ok, lastAt, failures } = deliveries.health();
  return [
    gauge('taobot_deliveries_up', 'Ticks of scheduled posts get through (1) or not (0)', ok ? 1 : 0),
    gauge(
      'taobot_deliveries_last_tick_timestamp_seconds',
      'When a tick last got through, 0 before the first',
      (lastAt ?? 0) / 1000,
    ),
    { name: 'taobot_tick_failures_total', help: 'Ticks that failed or hung', type: 'counter', value: failures },
  ];
}

const FAILING_HELP = 'Time since a source that is left alone first failed in a row';

/** What prices wait for: open pauses by source and endpoint, and coins that nobody else prices. */
function pauses({ pauses: open, withoutFallback }: MarketStatus): Sample[] {
  const help = 'Time until a source that failed or limits us is asked again';
  return [
    ...open.flatMap(({ source, endpoint, leftMs, failingMs }) => {
      const labels = { source, endpoint: endpoint ?? 'all' };
      return [
        gauge('taobot_source_failing_seconds', FAILING_HELP, seconds(failingMs), labels),
        gauge('taobot_source_pause_seconds', help, seconds(leftMs), labels),
      ];
    }),
    gauge('taobot_coins_without_fallback', 'Profiled coins that no fallback source prices', withoutFallback.length),
  ];
}

/** What waits for confirmation: prices and exchange rates of the market, and readings that alerts do not believe yet. */
function doubts(kinds: MarketStatus['doubts'] & { alerts: MarketStatus['doubts']['prices'] }): Sample[] {
  return (['prices', 'rates', 'alerts'] as const).flatMap((kind) => [
    gauge(
      'taobot_doubts',
      'Prices or batches, exchange rates, and readings for alerts that wait for confirmation',
      kinds[kind].open,
      { kind },
    ),
    gauge('taobot_oldest_doubt_seconds', 'Age of the oldest open doubt (0: none)', seconds(kinds[kind].oldestMs), {
      kind,
    }),
  ]);
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
