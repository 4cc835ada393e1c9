// What people read when their digest was stopped: what to do, for each refusal that they can do something about.
import { expect, it } from 'vitest';
import type { RefusalMeaning } from '../../../src/bots/bot.ts';
import { failureSentence, storedReason } from '../../../src/digests/manage/failure-reasons.ts';

it.each<[RefusalMeaning, string, RegExp]>([
  [{ reason: 'gone' }, 'gone', /^The channel was deleted\.$/],
  [{ reason: 'gone', detail: 'server' }, 'gone:server', /^The server was deleted\.$/],
  [{ reason: 'gone', detail: 'or-removed' }, 'gone:or-removed', /or I was removed from it/],
  [{ reason: 'archived' }, 'archived', /Unarchive it and resume/],
  [{ reason: 'forbidden' }, 'forbidden', /Allow me to send messages and embed links/],
  [{ reason: 'forbidden', detail: 'hidden' }, 'forbidden:hidden', /Give me access to it and resume/],
  [{ reason: 'forbidden', detail: 'not-member' }, 'forbidden:not-member', /Invite me and resume/],
  [{ reason: 'forbidden', detail: 'thread' }, 'forbidden:thread', /Reopen it and resume/],
  [{ reason: 'forbidden', detail: 'policy' }, 'forbidden:policy', /Change its posting permissions/],
  [{ reason: 'closed-dm' }, 'closed-dm', /Direct messages to this person are closed/],
  [{ reason: 'blocked' }, 'blocked', /Exempt me from it and resume/],
  [{ reason: 'blocked', detail: 'link' }, 'blocked:link', /blocks a link/],
  [{ reason: 'other' }, 'other:x42', /refuses my posts \(x42\)\. Check my permissions and resume/],
])('%j is kept as %s and has its own sentence', (meaning, kept, sentence) => {
  expect(storedReason({ ...meaning, code: 'x42' })).toBe(kept);
  expect(failureSentence(kept)).toMatch(sentence);
});

it.each(['uninstalled', 'bad-schedule'])('%s is no refusal', (word) => {
  expect(failureSentence(word)).not.toContain('refuses');
});

it.each(['50013', 'not_in_channel', 'constructor', ''])(
  'a row of an earlier version with %j still has a sentence',
  (code) => {
    expect(failureSentence(code)).toBe(
      `The platform refuses my posts (${code}). Check my permissions and resume the digest.`,
    );
  },
);
