// What is measured while it happens, for `/metrics`: requests, answers, calls, posts, the database and the event loop. All begin at zero.
import { COMMANDS } from '../../app/commands/index.ts';
import type { AnswerOutcome } from '../../bots/follow-event.ts';
import { onCalls, type SourceCall } from '../../http/source-calls.ts';
import { COINGECKO } from '../../market/coingecko/client.ts';
import { FALLBACK_SOURCES } from '../../market/fallback/sources.ts';
import type { DatabaseProbe } from '../../store/engine/probe.ts';
import type { Metrics } from '../../web/health/metrics.ts';
import type { CoreOptions } from '../core.ts';
import { PLATFORMS } from '../platforms.ts';
import { databaseGauge } from './gauges.ts';
import { measureLoop } from './loop-delay.ts';

const REQUESTS = 'Requests answered';
const ANSWERS = 'Time from an event of a platform to its answer, by what became of it';
const LATENESS = 'Time from when a scheduled post was due, or an alert crossed, to its being sent';
const DATABASE = 'Time of one small read of the database, once per scrape';
const EVENTS = 'Things worth counting';

const KINDS = ['digest', 'digest-stopped', 'alert'] as const;
const OUTCOMES: readonly AnswerOutcome[] = ['sent', 'failed', 'ambiguous'];
/** Counted by the bots and the database under these names; those that end with what a platform said begin with their first event. */
const KNOWN_EVENTS = [
  'discord_overload_refused',
  'discord_flood_dropped',
  'slack_overload_refused',
  'slack_flood_dropped',
  'discord_invalid_401',
  'discord_invalid_403',
  'discord_invalid_429',
  'slack_reply_ambiguous',
  'slack_reply_announced',
  'slack_refused_signature',
  'slack_refused_old',
  'slack_refused_future',
  'sqlite_copy_failed',
] as const;

export type Measures = Required<Pick<CoreOptions, 'onRequest' | 'onSent'>> & {
  onAnswer: (platform: string, outcome: AnswerOutcome, ms: number) => void;
  close(): void;
};

/** A counter that begins with its first event hides that one from `increase()`: those that alerts and panels need are there from the start. */
export function startMeasures(metrics: Metrics): Measures {
  for (const platform of ['web', ...PLATFORMS.map(({ name }) => name)])
    for (const { name } of COMMANDS)
      metrics.count('taobot_requests_total', REQUESTS, { platform, command: name, outcome: 'error' }, 0);
  for (const { name: platform } of PLATFORMS)
    for (const outcome of OUTCOMES) metrics.begin('taobot_answer_seconds', ANSWERS, { platform, outcome });
  for (const kind of KINDS) metrics.begin('taobot_delivery_lateness_seconds', LATENESS, { kind });
  for (const event of KNOWN_EVENTS) metrics.count('taobot_events_total', EVENTS, { event }, 0);
  const ends = [measureCalls(metrics), measureLoop(metrics)];
  return {
    onRequest(platform, command, outcome, ms) {
      const labels = { platform, command, outcome };
      metrics.count('taobot_requests_total', REQUESTS, labels);
      const help = 'Time from a request to its card, without the sending';
      metrics.observe('taobot_request_seconds', help, labels, ms / 1000);
    },
    onSent: (kind, lateMs) => metrics.observe('taobot_delivery_lateness_seconds', LATENESS, { kind }, lateMs / 1000),
    onAnswer: (platform, outcome, ms) =>
      metrics.observe('taobot_answer_seconds', ANSWERS, { platform, outcome }, ms / 1000),
    close: () => ends.forEach((end) => end()),
  };
}

export function countEvent(metrics: Metrics, event: string): void {
  metrics.count('taobot_events_total', EVENTS, { event });
}

/** Asks the database at each scrape. */
export function measureDatabase(metrics: Metrics, probe: DatabaseProbe): void {
  metrics.begin('taobot_database_seconds', DATABASE, {});
  metrics.collect(async () => {
    const { ok, ms } = await probe();
    if (ok && ms !== null) metrics.observe('taobot_database_seconds', DATABASE, {}, ms / 1000);
    return [databaseGauge(ok)];
  });
}

/** Measures every call to a source from now on; returns what ends it. */
export function measureCalls(metrics: Metrics): () => void {
  const help = 'Time of calls to sources, by what came of them';
  return onCalls((call) => metrics.observe('taobot_source_seconds', help, callLabels(call), call.ms / 1000));
}

/** Labels of a call, few whatever is configured: all Bittensor nodes are one source. Ids are those of the gauges. */
function callLabels({ source, endpoint, outcome }: SourceCall): Record<string, string> {
  const known = [COINGECKO, ...FALLBACK_SOURCES].find(({ name }) => name === source);
  return { source: known?.id ?? 'bittensor', endpoint: endpoint === '' ? 'all' : endpoint, outcome };
}
