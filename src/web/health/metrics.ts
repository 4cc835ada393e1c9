// Prometheus metrics by prom-client: counters and histograms kept, gauges read when somebody asks, each reader with a deadline.
import Counter from 'prom-client/lib/counter.js';
import Gauge from 'prom-client/lib/gauge.js';
import Histogram from 'prom-client/lib/histogram.js';
import Registry from 'prom-client/lib/registry.js';
import { realSleep, type Sleep } from '../../base/clock.ts';

type Labels = Readonly<Record<string, string>>;

/** One figure; labels hold short fixed words only, never ids or text. All figures of a name have the same labels. */
export type Sample = {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  value: number;
  labels?: Labels;
};

/** Nothing here throws: a figure that is no number, or whose labels are others than those its name began with, is left out and counted. */
export type Metrics = {
  count(name: string, help: string, labels?: Labels, by?: number): void;
  /** Begins a histogram at zero, so that the first measurement counts as growth. */
  begin(name: string, help: string, labels: Labels): void;
  /** Adds one measurement, in seconds, to a histogram. */
  observe(name: string, help: string, labels: Labels, seconds: number): void;
  /** Adds a reader that is asked at each scrape; what it does not say in time is left out of that one. */
  collect(reader: () => Promise<readonly Sample[]> | readonly Sample[]): void;
  render(): Promise<string>;
};

/** Upper bounds in seconds: below a frame, the three seconds that platforms give for a first sign, and what is late for a post. */
const BOUNDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 120, 600];
/** Prometheus gives up after 10 s: https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
const READER_MS = 1000;

/** @param sleep for the deadline of readers */
export function createMetrics({ sleep = realSleep }: { sleep?: Sleep } = {}): Metrics {
  const kept = new Registry();
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();
  const readers: (() => Promise<readonly Sample[]> | readonly Sample[])[] = [];
  const registers = [kept];
  const labelsOf = new Map<string, string>();
  let refused = 0;
  /** A figure that does not fit would throw in the middle of a command, and what is no number would spoil its sum for ever. */
  const take = (name: string, labels: Labels, value: number, put: () => void): void => {
    try {
      const names = namesOf(labels);
      if (!isFigure(value, labels) || value < 0 || (labelsOf.get(name) ?? names) !== names) return void refused++;
      put();
      labelsOf.set(name, names);
    } catch {
      refused++;
    }
  };
  /** Null when it failed or is late: a scrape must not hang with the database. */
  const ask = async (reader: (typeof readers)[number]): Promise<readonly Sample[] | null> => {
    const stop = new AbortController();
    const late = sleep(READER_MS, stop.signal).then(() => null);
    const read = (async () => await reader())().catch(() => null);
    return await Promise.race([read, late]).finally(() => stop.abort());
  };
  const counterOf = (name: string, help: string, labels: Labels) =>
    counters.getOrInsertComputed(name, () => new Counter({ name, help, labelNames: Object.keys(labels), registers }));
  const histogramOf = (name: string, help: string, labels: Labels) =>
    histograms.getOrInsertComputed(
      name,
      () => new Histogram({ name, help, labelNames: Object.keys(labels), buckets: BOUNDS, registers }),
    );
  return {
    count: (name, help, labels = {}, by = 1) =>
      take(name, labels, by, () => counterOf(name, help, labels).inc(labels, by)),
    observe: (name, help, labels, seconds) =>
      take(name, labels, seconds, () => histogramOf(name, help, labels).observe(labels, seconds)),
    begin: (name, help, labels) => take(name, labels, 0, () => histogramOf(name, help, labels).zero(labels)),
    collect: (reader) => void readers.push(reader),
    async render() {
      const answers = await Promise.all(readers.map(ask));
      const failed = answers.filter((samples) => samples === null).length;
      const told = [...answers.flatMap((samples) => samples ?? []), memorySample(), failedReaders(failed)];
      const read = new Registry();
      refused += fill(read, told);
      fill(read, [refusedFigures(refused)]);
      return [await kept.metrics(), await read.metrics()].join('\n');
    },
  };
}

/** Puts figures into a registry made for one scrape, so that nothing is told again that was not read this time. @returns how many did not fit */
function fill(registry: Registry, samples: readonly Sample[]): number {
  let refused = 0;
  for (const [name, [first, ...others]] of Map.groupBy(samples, (sample) => sample.name)) {
    if (first === undefined) continue;
    const { help, type, labels = {} } = first;
    let metric: Counter | Gauge | null = null;
    for (const sample of [first, ...others])
      try {
        const own = sample.labels ?? {};
        if (!isFigure(sample.value, own) || namesOf(own) !== namesOf(labels)) throw new TypeError('no figure');
        const figure = { name, help, labelNames: Object.keys(labels), registers: [registry] };
        metric ??= type === 'counter' ? new Counter(figure) : new Gauge(figure);
        metric.inc(own, sample.value);
      } catch {
        refused++;
      }
  }
  return refused;
}

function isFigure(value: number, labels: Labels): boolean {
  return Number.isFinite(value) && Object.values(labels).every((label) => typeof label === 'string');
}

function namesOf(labels: Labels): string {
  return Object.keys(labels).toSorted().join();
}

function refusedFigures(value: number): Sample {
  const help = 'Figures that were left out: no number, or other labels than before';
  return { name: 'taobot_metrics_refused_total', help, type: 'counter', value };
}

function failedReaders(value: number): Sample {
  const help = 'Groups of figures that are missing from this answer, because they failed or took longer than a second';
  return { name: 'taobot_metrics_missing', help, type: 'gauge', value };
}

function memorySample(): Sample {
  const value = process.memoryUsage.rss();
  return { name: 'process_resident_memory_bytes', help: 'Resident memory', type: 'gauge', value };
}
