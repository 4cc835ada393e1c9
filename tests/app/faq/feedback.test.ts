// The buttons under an answer of the FAQ: what each counts, and who may take an answer back.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card, Invocation } from '../../../src/app/card.ts';
import type { Request } from '../../../src/app/command.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeEach(async () => {
  core = await openTestCore({ demo: true });
});
afterEach(() => core.close());

const PLACE = { tenant: 't', channel: 'c' };
const ASKER: Request['user'] = { id: 'ann', canManage: false };

const give = ({ command, args }: Invocation, user = ASKER, platform: Request['platform'] = 'slack') =>
  core.dispatch({ platform, command, args, user, place: PLACE, locale: 'en', via: 'control' });
const ask = (question: string, platform?: Request['platform']) =>
  give({ command: 'faq', args: { question } }, ASKER, platform);

function button(card: Card, label: string): Invocation {
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const found = buttons.find((one) => one.label === label);
  if (found === undefined) throw new Error(`no button ${label}`);
  return found.invocation;
}
const mismatches = () => core.services.feedback.mismatches('slack:t', 10);

it('"wrong" counts a vote and the pair of question kind and entry, which managers see', async () => {
  const answer = await ask('when is the next halving?');
  expect((await give(button(answer, 'Wrong'))).title).toBe(answer.title);
  await expect.poll(mismatches).toEqual([{ kind: 'when', entryId: 'halving', wrong: 1, other: 0 }]);
  expect(await core.services.feedback.votes('slack:t')).toEqual([{ entryId: 'halving', useful: 0, notUseful: 1 }]);
  const gaps = await give({ command: 'faq-gaps', args: {} }, { id: 'mod', canManage: true });
  expect(plainText(gaps)).toContain('when → halving: 1 wrong');
});

it('"not what I asked" puts one line in the place of the answer and counts no vote on the entry', async () => {
  const taken = await give(button(await ask('how much is the validator take?'), 'Not what I asked'));
  expect(taken).toMatchObject({ title: 'Answer taken back', blocks: [{ kind: 'text' }] });
  expect(taken.private).toBeUndefined();
  await expect.poll(mismatches).toMatchObject([{ kind: 'how much', wrong: 0, other: 1 }]);
  expect(await core.services.feedback.votes('slack:t')).toEqual([]);
});

it('others are refused privately and nothing is counted', async () => {
  const dismiss = button(await ask('when is the next halving?'), 'Not what I asked');
  for (const user of [
    { id: 'eve', canManage: false },
    { id: 'eve', canManage: false, manages: () => Promise.resolve(false) },
  ])
    expect(await give(dismiss, user)).toMatchObject({ outcome: 'refused', private: true });
  await give(button(await ask('when is the next halving?'), 'Useful'));
  await expect.poll(() => core.services.feedback.votes('slack:t')).toHaveLength(1); // written in order, so a count would stand there
  expect(await mismatches()).toEqual([]);
});

it.each<[string, Request['user']]>([
  ['whose right comes with the press', { id: 'mod', canManage: true }],
  ['whose right is asked for', { id: 'mod', canManage: false, manages: (channel) => Promise.resolve(channel === 'c') }],
])('a manager %s may take it back', async (_, user) => {
  const dismiss = button(await ask('when is the next halving?'), 'Not what I asked');
  expect((await give(dismiss, user)).title).toBe('Answer taken back');
});

it('names nobody where everybody has an answer of their own', async () => {
  const dismiss = button(await ask('when is the next halving?', 'web'), 'Not what I asked');
  expect(dismiss.args).toEqual({ id: 'halving', vote: 'other', kind: 'when' });
  expect((await give(dismiss, ASKER, 'web')).title).toBe('Answer taken back');
});
