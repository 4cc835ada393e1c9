// What is remembered of a workspace that rejects newer blocks, and for how long.
import { expect, it } from 'vitest';
import { DAY } from '../../../../src/base/clock.ts';
import { createLog } from '../../../../src/base/log.ts';
import { createPlainWorkspaces } from '../../../../src/bots/slack/send/plain-workspaces.ts';
import { openDatabase } from '../../../../src/store/database.ts';
import { createInstallations } from '../../../../src/store/slack/installations.ts';

it.each([
  ['within the week', 6 * DAY, true],
  ['after it: the blocks may have come by now', 8 * DAY, false],
  ['noted by a clock that was 40 days ahead: it would be believed for 47', -40 * DAY, false],
])('%s', async (_, passed, isPlain) => {
  const database = await openDatabase('sqlite::memory:');
  let now = 1_800_000_000_000;
  const open = () =>
    createPlainWorkspaces({
      installations: createInstallations(database, () => now),
      log: createLog({ level: 'silent', secrets: [], write: () => undefined }),
      now: () => now,
      monotonic: () => 0,
      sleep: () => new Promise(() => undefined),
    });
  await open().setPlain('T1');
  now += passed;
  expect(await open().isPlain('T1')).toBe(isPlain); // another process, without the first one's cache
  await database.close();
});
