// Digests with subnets: the option from the form to the post, movers above the floor, who came and went, subnets among the coins.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestCard } from '../../../src/app/digest/card.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { createDigests } from '../../../src/digests/engine.ts';
import { deliveryRow } from '../../../src/delivery/port.ts';
import { readableSpec, specOf } from '../../../src/digests/stored-spec.ts';
import { openStage, recordPast, type SubnetStage } from './scene.ts';
import { DAY, MINUTE } from '../../../src/base/clock.ts';

let stage: SubnetStage;
beforeAll(async () => {
  stage = await openStage({ minutes: 0 });
  await recordPast(stage, 30);
  const calm = stage.world.price;
  const jumps = new Map([
    [77, 1.1],
    [78, 1.2],
    [79, 1.3],
    [80, 1.4],
  ]);
  stage.world.price = (netuid, block) => Math.round(calm(netuid, block) * (jumps.get(netuid) ?? 1));
  stage.world.subnet(80).taoIn = 900_000_000_000n; // the largest rise, in a pool that is too small
  stage.world.subnet(12).name = 'Old twelve';
  await stage.minutes(6);
  stage.world.register(12);
  await stage.minutes(12);
});
afterAll(() => stage.close());

const order = { coins: ['bittensor'], currency: 'usd', locale: 'en', zone: 'UTC', late: false };
const post = async (more: {
  coins?: string[];
  subnets?: boolean;
  registrations?: Record<string, number>;
  madeAt?: number;
}) => plainText(await digestCard({ ...order, dueAt: stage.clock.now, ...more }, stage.core.services, stage.clock.now));

describe('the lines of a post', () => {
  it('top three by change above the liquidity floor, new and removed since yesterday, with source and moment', async () => {
    const words = await post({ subnets: true });
    const line = /^- Top in 24 h: (.*)$/m.exec(words)?.[1] ?? '';
    expect(line).toMatch(
      /^Subnet name 79 \(SN79\) ▲ \+3\d\.\d\d% to 0\.01\d* τ · Subnet name 78 \(SN78\) ▲ [^·]+ · Subnet name 77 \(SN77\) ▲ [^·]+\(pools above 1K τ\)$/,
    );
    expect(words).toContain('- New: New 12 (SN12)');
    expect(words).toContain('- Removed: Old twelve (SN12)');
    expect(words).toMatch(/Bittensor chain \(127\.0\.0\.1:\d+\), block 9,240,\d+ · as of 8 Oct 2026, 12:\d\d UTC/);
  });

  it('nothing of it without the option', async () => {
    expect(await post({})).not.toMatch(/Subnets|SN\d/);
  });

  it('a subnet among the coins', async () => {
    expect(await post({ coins: ['bittensor', 'sn64'] })).toMatch(/Subnet name 64 \(SN64\) {2}\$2\.10/);
    expect(await post({ coins: ['sn64'] })).toMatch(/^\S+ SN64 (?:this morning|this afternoon|tonight) · \$2\.10/u);
  });

  it('a subnet among the coins is the registered one, not whatever has its number now', async () => {
    const { snapshot } = await stage.core.services.subnets.snapshot();
    const now = snapshot?.subnets.find(({ netuid }) => netuid === 12)?.registeredAtBlock ?? 0;
    const coins = ['bittensor', 'sn12'];
    expect(await post({ coins, registrations: { sn12: now } })).toMatch(/New 12 \(SN12\) {2}\$/);
    const replaced = await post({ coins, registrations: { sn12: now - 1 } });
    expect(replaced).toMatch(
      /sn12 {2}price unavailable: this subnet was removed; number 12 belongs to another one now/,
    );
    expect(replaced).not.toContain('New 12');
    const removed = await post({ coins: ['sn400'], registrations: { sn400: 5 } });
    expect(removed).toContain('this subnet was removed from the network');
  });

  it('one of an earlier version means the subnet of the time at which it was made', async () => {
    const coins = ['bittensor', 'sn12'];
    const taken = stage.clock.now - 12 * MINUTE; // about when SN12 changed hands
    expect(await post({ coins, madeAt: taken - 2 * DAY })).toMatch(
      /sn12 {2}price unavailable: this subnet was removed/,
    );
    expect(await post({ coins, madeAt: taken + 2 * DAY })).toMatch(/New 12 \(SN12\) {2}\$/);
    expect(await post({ coins, madeAt: taken + 60_000 })).toMatch(/New 12 \(SN12\) {2}\$/); // not certain: by its number
    expect(await post({ coins: ['bittensor', 'sn64'], madeAt: taken - 300 * DAY })).toMatch(/\(SN64\) {2}\$2\.10/);
  });

  it('who came and went is forgotten after a day; without a snapshot the reason is said', async () => {
    stage.clock.advance(DAY + 20 * MINUTE);
    await stage.minutes(2);
    expect(await post({ subnets: true })).not.toMatch(/- (?:New|Removed): /);
    const empty = await openStage({ minutes: 0 });
    empty.node.fault = { kind: 'status', status: 503 };
    const card = await digestCard(
      { ...order, dueAt: empty.clock.now, subnets: true },
      empty.core.services,
      empty.clock.now,
    );
    expect(plainText(card)).toMatch(/Subnet prices unavailable: /);
    await empty.close();
  });
});

describe('the option', () => {
  it('in words: kept, said at the confirmation, shown in the preview', async () => {
    const draft = await stage.ask('/digest create 09:00 tao sn64 subnets');
    expect(plainText(draft)).toMatch(/Top in 24 h|No changes of 24 hours/);
    const id = /\/digest resume (\w{8})/.exec(plainText(draft))?.[1] ?? '';
    await stage.ask(`/digest resume ${id}`);
    const [view] = await stage.core.services.digests.list({ platform: 'terminal', tenant: '-' });
    expect(view).toMatchObject({ subnets: true, coins: ['bittensor', 'sn64'] });
    expect(view?.registrations?.['sn64']).toBeGreaterThan(0);
    const words = await stage.words('/digest list');
    expect(words).toContain('TAO, SN64');
    expect(await stage.words(`/digest preview ${id}`)).toMatch(/Subnets/);
  });

  it('a stored one without registrations says since when it means its subnets, in previews and posts', async () => {
    const { database, log, services } = stage.core;
    const room = createDigests({ database, log, now: () => stage.clock.now });
    const made = stage.clock.now - 40 * DAY;
    const spec = { coins: ['bittensor', 'sn12'], currency: 'usd', locale: 'en', replace: false };
    await database.sql
      .updateTable('subscription')
      .set({ spec: JSON.stringify(spec), created_at: made })
      .execute();
    const [view] = await services.digests.list({ platform: 'terminal', tenant: '-' });
    expect(await stage.words(`/digest preview ${view?.id}`)).toContain(
      'sn12  price unavailable: this subnet was removed',
    );
    const place = { platform: 'terminal', tenant: '-', channel: '-' };
    const row = {
      kind: 'digest',
      ownerId: view?.id ?? '',
      occurrence: '1',
      ...place,
      dueAt: 1,
      expiresAt: 2,
      priority: 0,
    };
    const owner = await room.kind(() => Promise.reject(new Error('not drawn'))).owner(deliveryRow(row));
    expect(JSON.parse(owner?.content(false).key ?? '')).toMatchObject({ madeAt: made });
    const plain = { ...spec, coins: ['bittensor'] };
    await database.sql
      .updateTable('subscription')
      .set({ spec: JSON.stringify(plain) })
      .execute();
    const shared = await room.kind(() => Promise.reject(new Error('not drawn'))).owner(deliveryRow(row));
    expect(shared?.content(false).key).not.toContain('madeAt'); // one rendering for all who show the same
  });

  it('a number that is not there is refused', async () => {
    expect((await stage.ask('/digest create 09:00 sn400')).outcome).toBe('not-found');
  });

  it('a row of an earlier version has none', () => {
    const spec = JSON.stringify({ coins: ['bittensor'], currency: 'usd', locale: 'en', replace: true });
    expect(specOf({ kind: 'digest', spec })).toMatchObject({ subnets: false, replace: true });
    expect(readableSpec({ kind: 'digest', spec: 'broken' })).toBeNull();
  });
});
