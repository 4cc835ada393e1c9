// What the FAQ could not answer: whose it is, what is never kept, and that nobody waits for it.
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlatformName } from '../../../src/app/command.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeEach(async () => {
  core = await openTestCore({ demo: true });
});
afterEach(() => core.close());

function ask(command: string, args: Record<string, string>, tenant: string, platform: PlatformName = 'discord') {
  return core.dispatch({
    platform,
    command,
    args,
    user: { id: 'u', canManage: true },
    place: { tenant, channel: 'c' },
    locale: 'en',
    via: 'command',
  });
}

const gapsOf = async (tenant: string, platform?: PlatformName) =>
  plainText(await ask('faq-gaps', {}, tenant, platform));

it('shows a manager the questions of the own server only', async () => {
  await ask('faq', { question: 'who won the football match of atlantis' }, 'one');
  await ask('faq', { question: 'how do I bake sourdough bread' }, 'two');
  await ask('faq', { id: 'halving', vote: 'no' }, 'two');
  await expect.poll(() => gapsOf('two')).toContain('sourdough');
  await expect.poll(() => gapsOf('two')).toContain('halving'); // notes are written behind the answers
  const ours = await gapsOf('one');
  expect(ours).toContain('atlantis');
  expect(ours).not.toContain('sourdough');
  expect(ours).not.toContain('halving');
  expect(await gapsOf('one', 'slack')).toContain('No unanswered questions');
});

it('keeps nothing that looks like a secret', async () => {
  for (const question of [
    'legal winner thank year wave sausage worth useful legal winner thank yellow',
    'gibberish 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
    'gibberish somebody@example.org',
    'gibberish +44 20 7946 0958',
  ])
    await ask('faq', { question }, 'one');
  await ask('faq', { question: 'how do I bake sourdough bread' }, 'one');
  await expect.poll(() => gapsOf('one')).toContain('sourdough'); // written in order, so the others came before
  expect(await core.services.feedback.gaps('discord:one', 10)).toHaveLength(1);
});

it('answers while the database is locked, and counts afterwards', async () => {
  const file = core.environment['DATABASE_URL']?.slice('sqlite:'.length) ?? '';
  const locker = new DatabaseSync(file);
  locker.exec('BEGIN IMMEDIATE');
  const missed = await ask('faq', { question: 'how do I bake sourdough bread' }, 'one');
  const voted = await ask('faq', { id: 'halving', vote: 'yes' }, 'one');
  expect([missed.outcome, voted.outcome]).toEqual(['unsure', 'ok']);
  locker.exec('COMMIT');
  locker.close();
  await expect.poll(() => core.services.feedback.votes('discord:one')).toHaveLength(1);
  expect(await core.services.feedback.gaps('discord:one', 10)).toHaveLength(1);
});

it('names the entries that are past their review in the foot, and none while all are fresh', async () => {
  const footAt = async (at: number): Promise<string> => {
    await core.close();
    core = await openTestCore({ demo: true, now: () => at });
    return await gapsOf('one');
  };
  expect(await footAt(Date.UTC(2026, 10, 28))).not.toContain('past the review date');
  expect(await footAt(Date.UTC(2027, 11, 1))).toMatch(
    /1\d\d entries are past the review date: [a-z-]+ \(\d+ days\), .*, and 1\d\d more\./,
  );
});
