// Prometheus text: counters and histograms kept here, gauges read when somebody asks, each reader with a deadline.
import { realSleep, type Sleep } from '../../base/clock.ts';

type Labels = Readonly<Record<string, string>>;

/** One figure; labels hold short fixed words only, never ids or text. */
export type Sample = {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  value: number;
  labels?: Labels;
  /** What the line's name ends with, of histograms: "_bucket", "_sum", "_count". */
  suffix?: string;
};

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

type Histogram = { name: string; help: string; labels: Labels; buckets: number[]; sum: number; count: number };

/** @param sleep for the deadline of readers */
export function createMetrics({ sleep = realSleep }: { sleep?: Sleep } = {}): Metrics {
  const counters = new Map<string, Sample>();
  const histograms = new Map<string, Histogram>();
  const readers: (() => Promise<readonly Sample[]> | readonly Sample[])[] = [];
  const keyOf = (name: string, labels: Labels) => `${name}${JSON.stringify(labels)}`;
  /** Null when it failed or is late: a scrape must not hang with the database. */
  const ask = async (reader: (typeof readers)[number]): Promise<readonly Sample[] | null> => {
    const stop = new AbortController();
    const late = sleep(READER_MS, stop.signal).then(() => null);
    const read = (async () => await reader())().catch(() => null);
    return await Promise.race([read, late]).finally(() => stop.abort());
  };
  const histogramOf = (name: string, help: string, labels: Labels): Histogram => {
    const known = histograms.get(keyOf(name, labels));
    const histogram = known ?? { name, help, labels, buckets: BOUNDS.map(() => 0), sum: 0, count: 0 };
    histograms.set(keyOf(name, labels), histogram);
    return histogram;
  };
  return {
    count(name, help, labels = {}, by = 1) {
      const known = counters.get(keyOf(name, labels));
      counters.set(keyOf(name, labels), { name, help, type: 'counter', labels, value: (known?.value ?? 0) + by });
    },
    observe(name, help, labels, seconds) {
      const histogram = histogramOf(name, help, labels);
      const at = BOUNDS.findIndex((bound) => seconds <= bound);
      if (at >= 0) histogram.buckets[at] = (histogram.buckets[at] ?? 0) + 1;
      histogram.sum += seconds;
      histogram.count++;
    },
    begin: (name, help, labels) => void histogramOf(name, help, labels),
    collect: (reader) => void readers.push(reader),
    async render() {
      const read = await Promise.all(readers.map(ask));
      const failed = read.filter((samples) => samples === null).length;
      const own = [memorySample(), failedReaders(failed)];
      const kept = [...counters.values(), ...[...histograms.values()].flatMap(samplesOf)];
      return text([...kept, ...read.flatMap((samples) => samples ?? []), ...own]);
    },
  };
}

function samplesOf({ name, help, labels, buckets, sum, count }: Histogram): Sample[] {
  const sample = (suffix: string, value: number, more: Labels = {}): Sample => ({
    name,
    help,
    type: 'histogram',
    suffix,
    value,
    labels: { ...labels, ...more },
  });
  let below = 0;
  const bounded = BOUNDS.map((bound, index) =>
    sample('_bucket', (below += buckets[index] ?? 0), { le: String(bound) }),
  );
  return [...bounded, sample('_bucket', count, { le: '+Inf' }), sample('_sum', sum), sample('_count', count)];
}

function failedReaders(value: number): Sample {
  const help = 'Groups of figures that are missing from this answer, because they failed or took longer than a second';
  return { name: 'taobot_metrics_missing', help, type: 'gauge', value };
}

function memorySample(): Sample {
  const value = process.memoryUsage.rss();
  return { name: 'process_resident_memory_bytes', help: 'Resident memory', type: 'gauge', value };
}

function text(samples: readonly Sample[]): string {
  const groups = Map.groupBy(samples, (sample) => sample.name);
  return (
    [...groups]
      .map(([name, group]) =>
        [
          `# HELP ${name} ${group[0]?.help ?? ''}`,
          `# TYPE ${name} ${group[0]?.type ?? 'gauge'}`,
          ...group.map(line),
        ].join('\n'),
      )
      .join('\n') + '\n'
  );
}

function line({ name, suffix = '', labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, label]) => `${key}="${label.replaceAll(/["\\\n]/g, '_')}"`);
  return `${name}${suffix}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}
