// Events that were handled already, on every engine.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInbox } from '../../src/store/inbox/inbox.ts';
import type { OpenProcesses, Processes } from './store/processes.ts';

export function inboxContract(open: OpenProcesses): void {
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
}
