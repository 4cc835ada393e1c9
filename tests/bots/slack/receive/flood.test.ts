// One person who sends hundreds of commands in Slack: each is acknowledged, a bounded number costs work, and everybody else is answered.
import { expect, it } from 'vitest';
import { stillClock } from '../../../fakes/clock.ts';
import { openScenes } from '../scene.ts';

const scenes = openScenes();
/** Heard at once; the clock of this test stands still, so none comes back. */
const BURST = 60;

it('commands beyond 60 at once do not reach the database or Slack again', async () => {
  let claims = 0;
  const seenKeys = { seen: () => Promise.resolve(++claims === 0) };
  const scene = await scenes.open({ bot: { seenKeys, monotonic: stillClock() } });
  const { slack } = scene;
  const sent = Array.from({ length: 150 }, () => slack.slash('/price', 'tao', { user: 'U0ABUSER' }));
  await Promise.all(sent); // all are acknowledged
  await slack.slash('/price', 'tao', { user: 'U0OTHER', channel: 'C0OTHER' });
  await slack.until(() => slack.messages().some(({ channel }) => channel === 'C0OTHER'));
  await slack.waitFor(BURST + 1);
  await scene.bot.stop();
  expect(slack.messages()).toHaveLength(BURST + 1);
  expect(claims).toBe(BURST + 1);
  expect(scene.counts.get('slack_flood_dropped')).toBe(150 - BURST);
});
