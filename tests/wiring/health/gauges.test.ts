// Figures for `/metrics`: what prices wait for is there while it lasts, and gone with it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { deliveryRow } from '../../../src/delivery/port.ts';
import { addDelivery } from '../../../src/store/delivery/deliveries.ts';
import { bookGauges, gauges } from '../../../src/wiring/health/gauges.ts';
import { ASKER, wish } from '../../alerts/stage.ts';
import { subscription } from '../../delivery/stage.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let test: TestCore;
let now = Date.parse('2026-11-22T10:00:00Z');
beforeEach(async () => {
  test = await openTestCore({ now: () => now });
});
afterEach(() => test.close());

/** Values by name and labels. */
async function read(name: string): Promise<Record<string, number>> {
  const samples = gauges(test, [], () => now);
  const wanted = samples.filter((sample) => sample.name === name);
  return Object.fromEntries(wanted.map(({ labels, value }) => [Object.values(labels ?? {}).join(' '), value]));
}

const ask = () => test.services.market.quotes(['bittensor'], 'usd');
const rate = () => test.services.market.rate('usd', 'ars');

it('open pauses by endpoint, with the seconds left', async () => {
  await ask();
  test.gecko.broken.add('/exchange_rates');
  await rate();
  expect(await read('taobot_source_pause_seconds')).toEqual({ 'coingecko rates': 30 });
  now += 30_000;
  expect(await read('taobot_source_pause_seconds')).toEqual({});
});

it('doubts and the age of the oldest', async () => {
  await ask();
  await rate();
  expect(await read('taobot_doubts')).toEqual({ prices: 0, rates: 0, alerts: 0 });
  test.gecko.set('bittensor', { price: 300 });
  test.gecko.rates.set('ars', 9_999);
  now += 20 * 60_000;
  await ask();
  await rate();
  expect(await read('taobot_doubts')).toEqual({ prices: 1, rates: 1, alerts: 0 });
  now += 90_000;
  expect(await read('taobot_oldest_doubt_seconds')).toEqual({ prices: 90, rates: 90, alerts: 0 });
});

it('alerts are counted as alerts and not among the digests, in the figures and in /about', async () => {
  const { sql } = test.database;
  const asker = { ...ASKER, platform: 'terminal' };
  const { alert } = await test.services.alerts.create(wish(), asker);
  for (const [nth, kind] of (['crossed', 'told', 'told', 'told', 'missed', 'missed', 'failed'] as const).entries())
    await sql
      .insertInto('alert_event')
      .values({ id: `${alert.id}:${nth}`, alert_id: alert.id, occurrence: null, kind, at: now, value: null })
      .execute();
  const place = { platform: 'terminal', tenant: '-', channel: 'user:u1' };
  const when = { occurrence: 'c1', dueAt: now, expiresAt: now + 1, priority: 0 };
  await addDelivery(test.database, deliveryRow({ kind: 'alert', ownerId: alert.id, ...place, ...when }));
  const aside = subscription(0, now, { status: 'suspended', next_at: null, last_error: 'unreadable' });
  await sql.insertInto('subscription').values(aside).execute();
  const samples = await bookGauges(test);
  const valuesOf = (name: string) =>
    Object.fromEntries(
      samples.filter((one) => one.name === name).map(({ labels, value }) => [labels?.['state'], value]),
    );
  expect(valuesOf('taobot_alerts')).toEqual({ active: 1, told: 3, missed: 2, undeliverable: 1, unreadable: 0 });
  expect(valuesOf('taobot_digests')).toMatchObject({ due: 0, pending: 0, gap: 0, unreadable: 1 });
  const about = await test.dispatch({
    command: 'about',
    args: {},
    platform: 'terminal',
    user: { id: 'u1', canManage: false },
    place: { tenant: '-', channel: '-' },
    locale: 'en',
    via: 'text',
  });
  expect(plainText(about)).toContain('Alerts: 1 active; 3 told, 2 missed, 1 undeliverable in 90 days');
  expect(plainText(about)).toContain('Digests: 0 due');
});

it('a reading that the market believes and alerts do not yet', async () => {
  await ask();
  const [asker, { alerts }] = [{ ...ASKER, platform: 'terminal' }, test.services];
  await alerts.create(wish(), asker);
  await test.alerts.look();
  test.gecko.set('bittensor', { price: 250.28 * 1.17 });
  now += 20 * 60_000;
  await ask();
  await test.alerts.look();
  now += 90_000;
  expect(await read('taobot_doubts')).toEqual({ prices: 0, rates: 0, alerts: 1 });
  expect(await read('taobot_oldest_doubt_seconds')).toEqual({ prices: 0, rates: 0, alerts: 110 }); // by the source's own time, 20 s earlier
});

it('the age of the prices themselves, by class, and of a source that fails', async () => {
  await ask();
  const young = await read('taobot_price_age_seconds');
  expect(Object.keys(young)).toEqual(['first', 'profiled']);
  test.gecko.broken.add('/exchange_rates');
  await rate();
  now += 20_000;
  expect(await read('taobot_source_failing_seconds')).toEqual({ 'coingecko rates': 20 });
  const older = await read('taobot_price_age_seconds');
  for (const name of ['first', 'profiled']) expect((older[name] ?? 0) - (young[name] ?? 0), name).toBeCloseTo(20);
});
