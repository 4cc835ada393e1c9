// Who is drawn next: lanes in order, each bounded, over the queue alone and over the real drawing process.
import { expect, it } from 'vitest';
import { createCharts } from '../../src/charts/charts.ts';
import { createDrawingQueue } from '../../src/charts/drawing-queue.ts';
import { price, walk } from './samples.ts';

it('takes chats first, then digests, then the web, each in order of arrival', () => {
  const queue = createDrawingQueue<string>();
  for (const [item, lane] of [
    ['w1', 'web'],
    ['d1', 'digest'],
    ['c1', 'chat'],
    ['w2', 'web'],
    ['c2', 'chat'],
  ] as const)
    expect(queue.add(item, lane)).toBe(true);
  queue.hurry('w2', 'chat');
  queue.hurry('c1', 'web'); // nobody is slowed down
  expect(queue.remove('d1')).toBe(true);
  expect(queue.remove('d1')).toBe(false);
  expect(queue.size()).toBe(4);
  expect(Array.from({ length: 5 }, () => queue.take())).toEqual(['c1', 'c2', 'w2', 'w1', undefined]);
});

it('is bounded by lane: a full web leaves room for chats', () => {
  const queue = createDrawingQueue<number>();
  const taken = Array.from({ length: 200 }, (_, item) => queue.add(item, 'web'));
  expect(taken.filter(Boolean)).toHaveLength(30);
  expect(queue.add(1000, 'chat')).toBe(true);
  expect(queue.take()).toBe(1000);
});

it('draws a chat before 110 pictures of the web that came first, and says which of these are too many', async () => {
  const charts = createCharts();
  const ended: string[] = [];
  const spec = (seed: number) => ({ ...price, points: walk(seed, 169) });
  const note = (name: string) => () => void ended.push(name);
  const web = Array.from({ length: 110 }, (_, index) =>
    charts.png(spec(index), 'web').then(note('web'), (error: unknown) => {
      ended.push((error as { code: string }).code);
    }),
  );
  await expect.poll(() => charts.stats().waiting).toBeGreaterThan(25); // one is being drawn, thirty wait
  await Promise.all([
    charts.png(spec(1000), 'chat').then(note('chat')),
    charts.png(spec(29), 'chat').then(note('wanted by both')),
  ]);
  await Promise.all(web);
  await charts.close();
  const refused = ended.filter((name) => name === 'busy').length;
  expect(refused).toBeGreaterThan(60);
  const drawn = ended.filter((name) => name !== 'busy');
  expect(drawn.indexOf('chat')).toBeLessThan(3);
  expect(drawn.indexOf('wanted by both')).toBeLessThan(5);
  expect(drawn.filter((name) => name === 'web')).toHaveLength(110 - refused);
});

it('gives up a picture whose turn does not come', async () => {
  const charts = createCharts({ timeoutMs: 1 });
  const results = await Promise.allSettled([0, 1, 2].map((seed) => charts.png({ ...price, points: walk(seed, 169) })));
  await charts.close();
  const codes = results.map((result) => (result.status === 'rejected' ? (result.reason as { code: string }).code : ''));
  expect(codes.every((code) => code === 'chart' || code === 'busy')).toBe(true);
  expect(codes).toContain('busy');
});
