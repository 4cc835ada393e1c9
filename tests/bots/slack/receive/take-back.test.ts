// "Not what I asked" under an answer: whoever asked or manages the channel takes it away for everybody, nobody else.
import { expect, it } from 'vitest';
import { openScenes } from '../scene.ts';

const scenes = openScenes();

it.each(['U0ASKER', 'U0ADMIN'])('%s takes it back, for everybody', async (presser) => {
  const { slack } = await scenes.open({ fake: { admins: ['U0ADMIN'] } });
  await slack.mention('what is a subnet?', { user: 'U0ASKER' });
  const [answer] = await slack.waitFor(1);
  if (answer === undefined) throw new Error('no answer');
  await slack.press(answer, 'Not what I asked', { user: presser });
  await slack.until(() => answer.text.includes('Answer taken back'));
  expect(JSON.stringify(answer.blocks)).not.toContain('numbered market');
});

it('anybody else is told privately, and the answer stays', async () => {
  const { slack } = await scenes.open();
  await slack.mention('what is a subnet?', { user: 'U0ASKER' });
  const [answer] = await slack.waitFor(1);
  if (answer === undefined) throw new Error('no answer');
  await slack.press(answer, 'Not what I asked', { user: 'U0OTHER' });
  const told = (await slack.waitFor(2))[1];
  expect(told).toMatchObject({ ephemeralFor: 'U0OTHER' });
  expect(told?.text).toContain('Not yours to remove');
  expect(answer.text).toContain('subnet');
  expect(answer.edits).toBe(0);
});
