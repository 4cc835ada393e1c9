// What goes into one call: never more than an address can hold, and no id that may be made up beside one that is real.
import { afterEach, expect, it } from 'vitest';
import { MINUTE, openScene, type Scene, tao } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const madeUp = (at: number) => `${'made-up-'.repeat(10)}${String(at).padStart(10, '0')}`;
const idsOf = () =>
  scene.gecko.calls
    .filter(({ path }) => path.endsWith('/coins/markets'))
    .map(({ query }) => (query.get('ids') ?? '').split(','));

it('made-up ids never share a call with real ones, and TAO stays fresh', async () => {
  scene = await openScene();
  scene.gecko.broken.add('/coins/list'); // nobody knows which ids there are
  await tao(scene.market);
  for (let minute = 0; minute < 10; minute++) {
    scene.clock.now += MINUTE;
    const ids = Array.from({ length: 200 }, (_, at) => madeUp(minute * 200 + at));
    await scene.market.quotes(ids, 'usd');
    scene.clock.now += MINUTE;
    const { at } = await tao(scene.market);
    expect(scene.clock.now - at).toBeLessThan(2 * MINUTE);
  }
  const mixed = idsOf().filter((ids) => ids.some((id) => id.startsWith('made-up')) && ids.includes('bittensor'));
  expect(mixed).toEqual([]);
});

it('a coin that the directory does not know yet gets its price all the same', async () => {
  scene = await openScene();
  scene.gecko.broken.add('/coins/list');
  scene.gecko.set('brand-new', { price: 3, rank: 900, supply: 1e6 });
  const [one] = await Promise.all([scene.market.quotes(['brand-new'], 'usd'), tao(scene.market)]);
  expect(one.get('brand-new').quote?.price).toBe(3);
});

it('real ids with long names are asked for in turns that fit', async () => {
  const names = Array.from(
    { length: 190 },
    (_, at) => `a-coin-with-a-very-long-name-that-somebody-gave-it-one-day-${at}`,
  );
  scene = await openScene({ coins: [] });
  for (let rank = 200; rank < 500; rank++) scene.gecko.set(`larger-${rank}`, { rank }); // their prices come with the directory
  for (const name of names) scene.gecko.set(name, { rank: null });
  scene.market.start();
  await expect.poll(() => scene.market.directoryComplete()).toBe(true);
  await scene.market.quotes(names, 'usd');
  scene.clock.now += MINUTE;
  for (const name of [names[0] ?? '', names[189] ?? ''])
    expect((await scene.market.quotes([name], 'usd')).get(name).quote?.price).toBe(1);
  expect((await scene.market.quotes(['bitcoin'], 'usd')).get('bitcoin').quote).not.toBeNull();
  expect(Math.max(...idsOf().map((ids) => ids.join('%2C').length))).toBeLessThan(6_100);
});
