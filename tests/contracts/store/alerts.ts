// Alerts as several processes manage them, on every engine: numbers of the list last seen, room for one more, no twins.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Alerts } from '../../../src/alerts/alerts.ts';
import { openRoom } from '../../alerts/room.ts';
import { ASKER, wish } from '../../alerts/stage.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { NOW } from './rows.ts';

const DIRECT = { ...ASKER, tenant: '-', channel: '-' };

export function alertsContract(open: OpenProcesses): void {
  let processes: Processes;
  let one: Alerts;
  let other: Alerts;
  beforeEach(async () => {
    processes = await open();
    const said = () => ({ price: 280 });
    const [first, second] = processes.all.map((database) => openRoom(database, { now: () => NOW, said }).alerts);
    if (first === undefined || second === undefined) throw new Error('too few processes');
    [one, other] = [first, second];
  });
  afterEach(() => processes.close());
  const above = (price: number, change = {}) => wish({ condition: { kind: 'above', price }, ...change });
  const codeOf = async (made: Promise<unknown>) =>
    await made.then(
      () => 'made',
      (error: unknown) => (error as { code?: string }).code,
    );

  it('a number means the line of the list that was seen last, whatever was deleted since', async () => {
    const ids: string[] = [];
    for (const price of [300, 310, 320]) ids.push((await one.create(above(price), ASKER)).alert.id);
    expect(await codeOf(one.find('2', ASKER, false))).toBe('which-alert');
    await one.shown(ASKER, ids);
    await other.remove(ids[0] ?? '', ASKER);
    expect((await other.find('2', ASKER, false)).id).toBe(ids[1]);
    expect(await codeOf(other.find('1', ASKER, false))).toBe('no-alert');
    expect(await codeOf(other.find('4', ASKER, false))).toBe('which-alert');
    expect(await codeOf(other.find('2', { ...ASKER, channel: 'c2' }, false))).toBe('which-alert');
  });

  it.each([
    ['in a server', ASKER],
    ['in direct messages', DIRECT],
  ])('a press that two processes take at once makes one alert %s', async (_, asker) => {
    for (const price of [300, 310, 320, 330, 340]) {
      const made = [one, other, one, other].map((alerts) => codeOf(alerts.create(above(price), asker)));
      expect(counts(await Promise.all(made))).toEqual({ made: 1, 'same-alert': 3 });
    }
    expect(await one.list(asker)).toHaveLength(5);
  });

  it('the last free place is taken once', async () => {
    for (let count = 0; count < 24; count++) await one.create(above(300 + count * 5), ASKER);
    const made = [one, other, one, other].map((alerts, index) => codeOf(alerts.create(above(600 + index * 5), ASKER)));
    expect(counts(await Promise.all(made))).toEqual({ made: 1, quota: 3 });
  });
}

function counts(codes: readonly (string | undefined)[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const code of codes) found[code ?? 'other'] = (found[code ?? 'other'] ?? 0) + 1;
  return found;
}
