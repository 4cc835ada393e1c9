// Metrics as Prometheus reads them: histograms that add up, a reader that hangs or fails, a token in front.
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../../src/web/health/metrics.ts';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite | undefined;
afterEach(async () => {
  await site?.close();
  site = undefined;
});

const linesOf = async (of: Metrics, name: string) =>
  (await of.render()).split('\n').filter((line) => line.startsWith(name));

it('a histogram: buckets hold all that is not above them, the last one everything', async () => {
  const metrics = createMetrics();
  for (const seconds of [0.001, 0.005, 0.4, 2.5, 99]) metrics.observe('x_seconds', 'X', { command: 'coin' }, seconds);
  metrics.observe('x_seconds', 'X', { command: 'faq' }, 1);
  const lines = await linesOf(metrics, 'x_seconds');
  expect(lines).toContain('x_seconds_bucket{le="0.005",command="coin"} 2');
  expect(lines).toContain('x_seconds_bucket{le="0.25",command="coin"} 2');
  expect(lines).toContain('x_seconds_bucket{le="0.5",command="coin"} 3');
  expect(lines).toContain('x_seconds_bucket{le="30",command="coin"} 4');
  expect(lines).toContain('x_seconds_bucket{le="+Inf",command="coin"} 5');
  expect(lines).toContain('x_seconds_count{command="coin"} 5');
  expect(lines.find((line) => line.startsWith('x_seconds_sum{command="coin"}'))).toMatch(/ 101\.906/);
  expect(lines).toContain('x_seconds_count{command="faq"} 1');
  expect(await metrics.render()).toContain('# TYPE x_seconds histogram\n');
});

it('a reader that hangs or fails costs its own figures only, and is counted', async () => {
  const waits: number[] = [];
  const metrics = createMetrics({
    sleep: (ms, signal) => {
      waits.push(ms);
      return signal === undefined || waits.length === 1
        ? Promise.resolve()
        : new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    },
  });
  metrics.collect(() => new Promise(() => undefined)); // its deadline is the first
  metrics.collect(() => Promise.reject(new Error('away')));
  metrics.collect(() => [{ name: 'y', help: 'Y', type: 'gauge', value: 7 }]);
  const lines = (await metrics.render()).split('\n');
  expect(lines).toContain('y 7');
  expect(lines).toContain('taobot_metrics_missing 2');
  expect(waits).toEqual([1000, 1000, 1000]);
});

it.each([
  [
    'a counter',
    (metrics: Metrics, labels: Record<string, string>, value: number) => metrics.count('x_total', 'X', labels, value),
  ],
  [
    'a histogram',
    (metrics: Metrics, labels: Record<string, string>, value: number) => metrics.observe('x_total', 'X', labels, value),
  ],
])('%s: a bad number, labels of another kind and no text among them break nothing and are counted', async (_, put) => {
  const metrics = createMetrics();
  put(metrics, { a: 'b' }, 1);
  const before = (await linesOf(metrics, 'x_total')).join(' ');
  for (const value of [Number.NaN, Infinity, -Infinity, -1]) put(metrics, { a: 'b' }, value);
  put(metrics, { other: 'b' }, 1);
  put(metrics, { a: 'b', other: 'b' }, 1);
  put(metrics, {}, 1);
  put(metrics, { a: undefined as unknown as string }, 1);
  expect((await linesOf(metrics, 'x_total')).join(' ')).toBe(before);
  expect(await linesOf(metrics, 'taobot_metrics_refused_total')).toEqual(['taobot_metrics_refused_total 8']);
});

it('the same for what a reader says, and for a name that is no name', async () => {
  const metrics = createMetrics();
  const sample = { name: 'y', help: 'Y', type: 'gauge', value: 7 } as const;
  metrics.collect(() => [
    sample,
    { ...sample, value: Number.NaN },
    { ...sample, labels: { a: 'b' } },
    { ...sample, name: 'no name' },
    { ...sample, name: 'z_total', type: 'counter', value: -1 },
    { ...sample, name: 'below', value: -1 },
  ]);
  metrics.count('no name', 'X');
  metrics.observe('no name', 'X', {}, 1);
  metrics.begin('no name', 'X', {});
  const text = await metrics.render();
  expect(text).toContain('\ny 7\n');
  expect(text).toContain('\nbelow -1');
  expect(text).not.toContain('NaN');
  expect(text).toMatch(/taobot_metrics_refused_total 7/u);
});

it('with a token: 401 without it, with another and with a longer one, the figures with it; everything else is open', async () => {
  site = await openTestSite({ settings: { METRICS_TOKEN: 'a-token-for-scrapes' } });
  const ask = (authorization?: string) =>
    fetch(`${site?.base}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
  for (const wrong of [
    undefined,
    'Bearer',
    'Bearer another-token-here',
    'Bearer a-token-for-scrapes-1',
    'a-token-for-scrapes',
  ]) {
    const response = await ask(wrong);
    expect([response.status, await response.text()], wrong).toEqual([
      401,
      'Send the METRICS_TOKEN: Authorization: Bearer …',
    ]);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  }
  const response = await ask('Bearer a-token-for-scrapes');
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect((await site.get('/livez')).status).toBe(200);
});

/** One request as bytes: `fetch` would put the path in order before it is sent. */
async function raw(base: string, target: string): Promise<string> {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

it.each([
  '/x/../metrics',
  '/./metrics',
  '//metrics',
  '/%6Detrics',
  '/metrics/',
  '/metrics?a=b',
  'http://elsewhere.example/metrics',
])('no way round the token: %s', async (target) => {
  site = await openTestSite({ settings: { METRICS_TOKEN: 'a-token-for-scrapes' } });
  const answer = await raw(site.base, target);
  expect(answer).toMatch(/^HTTP\/1\.1 (?:401|404|400|30[128]) /);
  expect(answer).not.toContain('# TYPE');
});
