// Leases on every engine: one holder, and a fence that grows with every change of hands.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLeases, type Leases } from '../../../src/store/delivery/leases.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { LEASE_MS } from './rows.ts';

export function leasesContract(open: OpenProcesses): void {
  let processes: Processes;
  let holders: Leases[];
  beforeEach(async () => {
    processes = await open();
    holders = processes.all.map((database) => createLeases(database, Date.now));
  });
  afterEach(async () => {
    for (const holder of holders) holder.close();
    await processes.close();
  });
  const take = (index: number, ttlMs = LEASE_MS, name = 'sender:discord') =>
    holders[index]?.take(name, `p${index}`, ttlMs) ?? Promise.resolve(null);

  it('has one holder of three that ask at the same time, who renews it under the same fence', async () => {
    const taken = await Promise.all([take(0), take(1), take(2)]);
    const winner = taken.findIndex((lease) => lease !== null);
    expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
    expect(await take(winner)).toEqual(taken[winner]);
    expect(await take((winner + 1) % 3)).toBeNull();
  });

  it('changes hands when it is given back, with a higher fence', async () => {
    const first = await take(0);
    if (first === null) throw new Error('no lease');
    await holders[0]?.release(first);
    holders[0]?.close();
    expect(await take(1)).toEqual({ name: 'sender:discord', owner: 'p1', fence: first.fence + 1 });
    await holders[0]?.release(first); // an earlier holder gives back what is no longer his
    expect(await take(2)).toBeNull();
  });

  it('is taken over from a holder that is gone', async () => {
    const first = await take(0, -1); // it has ended already
    holders[0]?.close();
    expect((await take(1))?.fence).toBe((first?.fence ?? 0) + 1);
  });
}
