// Installations of workspaces, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInstallations } from '../../../src/store/slack/installations.ts';
import { createSubscriptions } from '../../../src/store/digests/subscriptions.ts';
import { subscription } from '../../delivery/stage.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { NOW } from './rows.ts';

export function slackContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());

  it('keeps installations and what a workspace does not take', async () => {
    const clock = { now: 1_795_000_000_000 };
    const records = createInstallations(processes.all[0], () => clock.now);
    await records.store('T1', 'sealed-1');
    await records.store('T1', 'sealed-2');
    expect(await records.fetch('T1')).toEqual({ sealed: 'sealed-2', at: clock.now });
    expect(await records.remove('T1', 'sealed-1')).toBe(false); // the one before
    expect(await records.remove('T1', 'sealed-2')).toBe(true);
    expect(await records.fetch('T1')).toBeNull();
    expect(await records.flaggedAt('T1', 'plain')).toBeNull();
    await records.setFlag('T1', 'plain', 5);
    await records.setFlag('T1', 'plain', 7);
    expect(await records.flaggedAt('T1', 'plain')).toBe(7);
  });

  it('knows the workspaces of an organisation that something is scheduled for', async () => {
    const [database] = processes.all;
    const store = createSubscriptions(database);
    const at = (index: number, platform: string, tenant: string) =>
      store.add(subscription(index, NOW, { platform, tenant }));
    await at(1, 'slack', 'E1/TB');
    await at(2, 'slack', 'E1/TA');
    await at(3, 'slack', 'E1/TA');
    await at(4, 'slack', 'E10/TA');
    await at(5, 'slack', 'E1');
    await at(6, 'discord', 'E1/TC');
    const records = createInstallations(database, Date.now);
    expect((await records.tenantsOf('E1')).toSorted()).toEqual(['E1/TA', 'E1/TB']);
    expect(await records.tenantsOf('%')).toEqual([]);
  });
}
