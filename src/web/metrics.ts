// Prometheus text of a dozen figures: counters kept here, gauges read when somebody asks.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** One figure; labels hold short fixed words only, never ids or text. */
export type Sample = {
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  value: number;
  labels?: Readonly<Record<string, string>>;
};

export type Metrics = {
  count(name: string, help: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Adds a reader that is asked at each scrape. */
  collect(reader: () => Promise<readonly Sample[]> | readonly Sample[]): void;
  render(): Promise<string>;
  close(): void;
};

export function createMetrics(): Metrics {
  const counters = new Map<string, Sample>();
  const readers: (() => Promise<readonly Sample[]> | readonly Sample[])[] = [];
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  return {
    count(name, help, labels = {}, by = 1) {
      const key = `${name}${JSON.stringify(labels)}`;
      const known = counters.get(key);
      counters.set(key, { name, help, type: 'counter', labels, value: (known?.value ?? 0) + by });
    },
    collect: (reader) => void readers.push(reader),
    async render() {
      const read = await Promise.all(readers.map(async (reader) => await reader()));
      const own = processSamples(Number.isFinite(delay.percentile(99)) ? delay.percentile(99) / 1e9 : 0);
      return text([...counters.values(), ...read.flat(), ...own]);
    },
    close: () => delay.disable(),
  };
}

function processSamples(loopDelaySeconds: number): Sample[] {
  return [
    { name: 'process_resident_memory_bytes', help: 'Resident memory', type: 'gauge', value: process.memoryUsage.rss() },
    {
      name: 'taobot_event_loop_delay_p99_seconds',
      help: 'Event loop delay, 99th percentile since start',
      type: 'gauge',
      value: loopDelaySeconds,
    },
  ];
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

function line({ name, labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, label]) => `${key}="${label.replaceAll(/["\\\n]/g, '_')}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}
