// Events that were seen and installations of workspaces, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInstallations } from '../../../src/store/slack/installations.ts';
import { createSubscriptions } from '../../../src/store/digests/subscriptions.ts';
import { createInbox } from '../../../src/store/slack/seen-events.ts';
import { subscription } from '../../delivery/stage.ts';
import type { OpenProcesses, Processes } from './processes.ts';
import { NOW } from './rows.ts';

export function slackContract(open: OpenProcesses): void {
  let processes: Processes;
  beforeEach(async () => {
    processes = await open();
  });
  afterEach(() => processes.close());

  it('lets exactly one of three processes handle an event', async () => {
    const inboxes = processes.all.map((database) => createInbox(database, Date.now));
    for (let event = 0; event < 20; event++) {
      const known = await Promise.all([...inboxes, ...inboxes].map((inbox) => inbox.seen(`event:${event}`)));
      expect(known.filter((before) => !before)).toHaveLength(1);
    }
  });

  it('knows a repetition that comes in the same moment, by any of its keys', async () => {
    const inbox = createInbox(processes.all[0], Date.now);
    await inbox.seen('c');
    const together = [['a', 'b'], ['d'], ['b'], ['c', 'e'], ['e'], ['f'], ['f', 'a']].map((keys) =>
      inbox.seen(...keys),
    );
    expect(await Promise.all(together)).toEqual([false, false, true, true, true, false, true]);
  });

  it('forgets events after a week', async () => {
    const clock = { now: Date.now() };
    const inbox = createInbox(processes.all[0], () => clock.now);
    expect(await inbox.seen('old')).toBe(false);
    clock.now += 6 * 86_400_000;
    expect(await inbox.seen('old')).toBe(true);
    clock.now += 2 * 86_400_000;
    await inbox.seen('other'); // clears up on the way
    expect(await inbox.seen('old')).toBe(false);
  });

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
