// Lists that were shown, on every engine: a number means the line that this person saw last, whichever process showed it.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShownLists, type ShownLists } from '../../../src/store/shown-lists/shown-lists.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { NOW } from './rows.ts';
import { HOUR } from '../../../src/base/clock.ts';

const ONE = { platform: 'discord', tenant: 't1', channel: 'c1', userId: 'u-private' };

export function shownListsContract(open: OpenProcesses): void {
  const clock = { now: NOW };
  let processes: Processes;
  let lists: ShownLists[];
  beforeEach(async () => {
    clock.now = NOW;
    processes = await open();
    lists = processes.all.map((database) => createShownLists(database, 'digests', () => clock.now));
  });
  afterEach(() => processes.close());
  const shown = async (index: number, ids: string[], who = ONE) => await lists[index]?.shown(who, ids);
  const idOf = async (index: number, number: number, who = ONE) => await lists[index]?.idOf(who, number);

  it('are known to the other processes, the latest one of each person and place', async () => {
    await shown(0, ['a', 'b']);
    expect([await idOf(1, 1), await idOf(2, 2)]).toEqual(['a', 'b']);
    await shown(1, ['c']);
    expect([await idOf(0, 1), await idOf(0, 2)]).toEqual(['c', null]);
    for (const other of [{ userId: 'u2' }, { channel: 'c2' }, { tenant: 't2' }, { platform: 'slack' }])
      expect(await idOf(0, 1, { ...ONE, ...other })).toBeNull();
  });

  it.each(['{broken', 'null', '[1]'])('that reads %j is as none, and the next one is known', async (ids) => {
    await shown(0, ['a']);
    await processes.all[0].sql.updateTable('shown_list').set({ ids }).execute();
    expect(await idOf(1, 1)).toBeNull();
    await shown(0, ['b']);
    expect(await idOf(1, 1)).toBe('b');
  });

  it('of alerts leave those of digests as they are', async () => {
    await shown(0, ['a']);
    await createShownLists(processes.all[0], 'alerts', () => clock.now).shown(ONE, ['b']);
    expect(await idOf(1, 1)).toBe('a');
  });

  it('are forgotten after an hour, and hold nobody by name', async () => {
    const rows = async () => await processes.all[0].sql.selectFrom('shown_list').selectAll().execute();
    await shown(0, ['a']);
    expect(JSON.stringify(await rows())).not.toMatch(/u-private|c1|t1/);
    clock.now += HOUR;
    expect(await idOf(1, 1)).toBe('a');
    clock.now += 1;
    expect(await idOf(1, 1)).toBeNull();
    await shown(1, ['b'], { ...ONE, userId: 'u2' });
    expect((await rows()).map(({ ids }) => ids)).toEqual(['["b"]']);
  });
}
