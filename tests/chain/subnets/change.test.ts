// What happens to the market itself: upgrades, removals and registrations, and owners who write what they like.
import { afterEach, describe, expect, it } from 'vitest';
import { FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import type { FakeSubnet } from '../../fakes/subtensor/subtensor-world.ts';
import { openScene, subnetOf } from './scene.ts';
import type { Scene } from './scene.ts';
import { HOUR, MINUTE } from '../../../src/base/clock.ts';

let scene: Scene;
afterEach(() => scene.close());

describe('an upgrade adds a field to the details', () => {
  it('prices go on, names stay, pool figures end after an hour; all of it comes back with the layout', async () => {
    scene = await openScene();
    scene.world.subnet(64).name = 'Chutes';
    await scene.after();
    scene.world.upgraded = true;
    let snapshot = await scene.minutes(10);
    expect(snapshot).toMatchObject({ completeness: 'prices', block: FIRST_BLOCK + 50 });
    expect(subnetOf(snapshot, 64)).toMatchObject({
      name: 'Chutes',
      taoIn: 7_400,
      removalRank: expect.any(Number) as number,
    });
    snapshot = await scene.minutes(60);
    expect(subnetOf(snapshot, 64)).toMatchObject({ name: 'Chutes', taoIn: null, alphaOut: null, marketCapTao: null });
    expect(subnetOf(snapshot, 64).priceTao).toBeGreaterThan(0.0084);
    expect(subnetOf(snapshot, 64).registeredAtBlock).toBe(scene.world.subnet(64).registeredAt);
    scene.world.upgraded = false;
    snapshot = await scene.minutes(11);
    expect(snapshot.completeness).toBe('full');
    expect(subnetOf(snapshot, 64).taoIn).toBe(7_400);
    expect(scene.told('subnet details have an unknown layout: prices only until it is known')).toHaveLength(1);
    expect(scene.told('subnet details are readable again')).toHaveLength(1);
  });

  it('before the first start: numbers instead of names, and names of the last process if there was one', async () => {
    scene = await openScene();
    scene.world.upgraded = true;
    const first = await scene.after();
    expect(first.completeness).toBe('prices');
    expect(subnetOf(first, 64)).toMatchObject({ name: 'Subnet 64', symbol: 'SN64', registeredAtBlock: 4_984_351 });
    scene.world.upgraded = false;
    expect(await scene.minutes(10)).toMatchObject({ completeness: 'full' });
    await scene.subnets.close();
    scene.world.upgraded = true;
    const later = await scene.after(MINUTE, scene.reopen());
    expect(subnetOf(later, 64)).toMatchObject({ name: 'Subnet name 64', taoIn: null, tempo: 360 });
  });

  it('the call fails for other reasons: tried again soon, the others get their turn', async () => {
    scene = await openScene();
    const call = scene.world.call;
    scene.world.call = (name, argument, block) => (name.includes('dynamic_info') ? null : call(name, argument, block));
    const { network } = await scene.minutes(5);
    scene.world.call = call;
    expect(network).toMatchObject({ registrationCostTao: 962.89, pruneTarget: 92 });
    expect((await scene.minutes(3)).completeness).toBe('full');
  });
});

describe('a number changes hands', () => {
  it('seen in the next minute, with a name, protection and history of its own', async () => {
    scene = await openScene();
    const before = subnetOf(await scene.minutes(32), 92); // no turn of the details or values is near
    expect((await scene.subnets.history(92, '24h')).points?.length).toBeGreaterThan(2);
    scene.world.register(92);
    scene.world.pruneTarget = 1;
    const at = scene.world.final();
    await scene.after(MINUTE);
    const after = subnetOf(await scene.after(MINUTE), 92);
    expect(before).toMatchObject({ name: 'Subnet name 92', removalRank: 1, registeredAtBlock: 8_352_006 });
    expect(after).toMatchObject({
      name: 'New 92',
      registeredAtBlock: at,
      protectedUntilBlock: at + 864_000,
      removalRank: null,
      change: { h24: null, d7: null, d30: null },
      volume24hTao: null,
    });
    const history = await scene.subnets.history(92, '24h');
    expect(history).toMatchObject({ registeredAtBlock: at });
    expect(history.points?.length).toBeLessThanOrEqual(2);
  });

  it('in the very minute of its registration the price is not that of the one before, nor is it next to go', async () => {
    scene = await openScene();
    scene.clock.advance(3 * MINUTE);
    const before = subnetOf(await scene.minutes(36), 92); // no turn of the details or values is near
    scene.world.register(92);
    const registeredAtBlock = scene.world.final();
    scene.world.price = (netuid) => (netuid === 92 ? 900_000_000 : 5_000_000);
    const snapshot = await scene.after(MINUTE); // and with it the next slot of ten minutes
    expect(before).toMatchObject({ registeredAtBlock: 8_352_006, removalRank: 1 });
    expect(subnetOf(snapshot, 92)).toMatchObject({
      registeredAtBlock,
      priceTao: 0.9,
      name: 'Subnet 92',
      removalRank: null,
    });
    expect(snapshot.network.pruneTarget).toBeNull();
    const [last] = (await scene.memory.readings()).slice(-1);
    const rows = (await scene.memory.rowsOf(last?.slot ?? 0)).filter(({ netuid }) => netuid === 92);
    expect(rows).toMatchObject([{ registeredAt: registeredAtBlock, priceRao: 900_000_000 }]);
  });

  it('between two turns: the name of the one before is not lent to the new one', async () => {
    scene = await openScene();
    await scene.after();
    const quiet = scene.world.lastRegistration;
    scene.world.register(92);
    scene.world.lastRegistration = quiet;
    const registeredAtBlock = scene.world.final();
    const unknown = { name: 'Subnet 92', taoIn: null, emissionOn: true, registeredAtBlock };
    expect(subnetOf(await scene.minutes(6), 92)).toMatchObject(unknown);
    expect(subnetOf(await scene.minutes(6), 92)).toMatchObject({ name: 'New 92', taoIn: 10_200, registeredAtBlock });
  });

  it('a subnet that is gone is gone, a new number has a name within two minutes', async () => {
    scene = await openScene();
    await scene.after();
    scene.world.subnets = scene.world.subnets.filter(({ netuid }) => netuid !== 50);
    expect((await scene.after(MINUTE)).subnets).toHaveLength(127);
    scene.world.subnets.push({ ...scene.world.subnet(1), netuid: 130, name: 'A hundred and thirty' });
    await scene.after(MINUTE);
    expect(subnetOf(await scene.after(MINUTE), 130).name).toBe('A hundred and thirty');
  });

  it('what the runtime names as next comes first, whatever our older figures say', async () => {
    scene = await openScene();
    await scene.minutes(4);
    scene.world.pruneTarget = 3;
    const snapshot = await scene.minutes(7);
    expect(snapshot.network.pruneTarget).toBe(3);
    expect([3, 92, 1].map((netuid) => subnetOf(snapshot, netuid).removalRank)).toEqual([1, 2, 3]);
  });

  it('the price of a place and the next to go are not kept when the runtime tells them no more', async () => {
    scene = await openScene();
    const { call } = scene.world;
    expect((await scene.minutes(4)).network).toMatchObject({ registrationCostTao: 962.89, pruneTarget: 92 });
    scene.world.call = (name, argument, block) =>
      /registration_cost|to_prune/u.test(name) ? null : call(name, argument, block);
    expect((await scene.minutes(20)).network).toMatchObject({ registrationCostTao: 962.89, pruneTarget: 92 });
    expect((await scene.minutes(20)).network).toMatchObject({ registrationCostTao: null, pruneTarget: null });
  });

  it('equal moving prices: the earliest registration goes first', async () => {
    scene = await openScene();
    Object.assign(scene.world.subnet(10), { movingPrice: 0.001, registeredAt: 5_000_000 });
    Object.assign(scene.world.subnet(11), { movingPrice: 0.001, registeredAt: 4_999_999 });
    const snapshot = await scene.after();
    expect([11, 10, 92].map((netuid) => subnetOf(snapshot, netuid).removalRank)).toEqual([1, 2, 3]);
  });

  it('without the protection period nothing is said about protection or removal', async () => {
    scene = await openScene();
    scene.world.immunityBlocks = null;
    const snapshot = await scene.after();
    expect(subnetOf(snapshot, 92)).toMatchObject({ protectedUntilBlock: null, removalRank: null });
  });
});

describe('what owners write', () => {
  const write = (identity: Partial<NonNullable<FakeSubnet['identity']>>, more: Partial<FakeSubnet> = {}): void => {
    const subnet = scene.world.subnet(64);
    if (subnet.identity !== null) Object.assign(subnet, { identity: { ...subnet.identity, ...identity } }, more);
  };

  it('markup stays literal text; hidden and bidirectional characters go; length is bounded', async () => {
    scene = await openScene();
    write(
      { description: `\u202Eabc\u0000 **bold** <@123> ${'x'.repeat(100_000)}` },
      { name: '  [Free\u200B TAO](https://evil.example)\n@everyone\u2066 ', symbol: '\u200F\u202E' },
    );
    const subnet = subnetOf(await scene.after(), 64);
    expect(subnet.name).toBe('[Free TAO](https://evil.example) @everyo');
    expect(subnet.symbol).toBe('SN64');
    expect(subnet.description?.startsWith('abc **bold** <@123> xxx')).toBe(true);
    expect(subnet.description?.length).toBe(500);
    expect(JSON.stringify(subnet)).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\\]u?0000/u);
  });

  it('an unreadable name is the number', async () => {
    scene = await openScene();
    write({ name: '\u0000\u200D' }, { name: '\u2028\u202E ' });
    expect(subnetOf(await scene.after(), 64).name).toBe('Subnet 64');
  });

  it.each<[string, string | null]>([
    ['https://chutes.ai', 'chutes.ai'],
    ['HTTP://WWW.Chutes.AI/docs?a=1#b', 'chutes.ai'],
    ['chutes.ai/docs', 'chutes.ai'],
    ['https://xn--80ak6aa92e.com', 'xn--80ak6aa92e.com'],
    ['https://аррӏе.com', 'xn--80ak6aa92e.com'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['ftp://chutes.ai', null],
    ['https://user:pass@chutes.ai', null],
    ['https://chutes.ai:8443', null],
    ['https://chutes.ai@evil.example', null],
    ['https://127.0.0.1/', null],
    ['https://[::1]/', null],
    ['https://2130706433/', null],
    ['https://localhost', null],
    ['https://intranet', null],
    ['https://chut\u202Ees.ai', null],
    ['https://chutes.ai/a b', null],
    [`https://chutes.ai/${'x'.repeat(600)}`, null],
    ['chutes', null],
    ['@chutes', null],
    ['', null],
  ])('the address %s is shown as %s', async (url, domain) => {
    scene = await openScene();
    write({ url, discord: url, github: url });
    const { links } = subnetOf(await scene.after(), 64);
    for (const link of [links.site, links.discord, links.github]) {
      expect(link?.domain ?? null).toBe(domain);
      if (link !== null) expect(link.href).toMatch(/^https?:\/\/[a-z0-9.-]+\//u);
    }
  });
});

describe('removals are remembered for the digest', () => {
  const REMOVED = { netuid: 12, name: 'Old twelve', registeredAtBlock: 4_932_351 };

  it('by name and number, over a restart, for seven days', async () => {
    scene = await openScene();
    scene.world.subnet(12).name = 'Old twelve';
    await scene.minutes(6);
    scene.world.register(12);
    expect((await scene.minutes(12)).removed).toEqual([{ ...REMOVED, block: expect.any(Number) as number }]);
    await scene.subnets.close();
    const later = scene.reopen();
    expect((await scene.after(MINUTE, later)).removed).toMatchObject([REMOVED]);
    expect((await scene.after(8 * 24 * HOUR, later)).removed).toEqual([]);
  });

  it('one that was only missing from an answer is not removed', async () => {
    scene = await openScene();
    await scene.minutes(6);
    const all = scene.world.prices;
    scene.world.prices = (block) => all(block).filter(([netuid]) => netuid !== 12);
    await scene.minutes(1);
    scene.world.prices = all;
    expect((await scene.minutes(12)).removed).toEqual([]);
  });
});
