// More questions than can be answered in Slack: each is acknowledged, a bounded number is under way, and the rest is told so.
import { expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { CARD } from '../../../fakes/discord/bare.ts';
import { openScenes, sleep } from '../scene.ts';

const scenes = openScenes();
/** As the bot bounds them. */
const [UNDER_WAY, PLACE_MS, LONGEST_WAIT_MS] = [96, 1000, 5000];

it('bounds the work in progress; who waited too long is told so in private, and later ones are answered', async () => {
  const clock = createTestClock();
  const working: ((card: Card) => void)[] = [];
  const dispatch = () => new Promise<Card>((resolve) => void working.push(resolve));
  /** However slow the machine is: no work of this test gives its place away. */
  const keepPlaces = (ms: number) => (ms === PLACE_MS ? new Promise<void>(() => undefined) : sleep(ms));
  const scene = await scenes.open({ bot: { dispatch, now: clock.now, monotonic: clock.now, sleep: keepPlaces } });
  const { slack } = scene;
  const ask = (person: number) => slack.slash('/price', 'tao', { user: `U0MANY${person}`, channel: `C0MANY${person}` });
  await Promise.all(Array.from({ length: UNDER_WAY + 4 }, (_, person) => ask(person))); // all are acknowledged
  await slack.until(() => working.length === UNDER_WAY);
  await clock.advance(LONGEST_WAIT_MS + 1);
  for (const finish of working) finish(CARD); // a place is free: but for these four it is too late
  await slack.waitFor(UNDER_WAY + 4);
  const told = slack.messages().filter(({ text }) => text.includes('Too many questions'));
  expect(told.map(({ ephemeralFor }) => ephemeralFor?.slice(0, 6))).toEqual(Array.from({ length: 4 }, () => 'U0MANY'));
  expect([working.length, scene.counts.get('slack_overload_refused')]).toEqual([UNDER_WAY, 4]);
  await ask(1000);
  await slack.until(() => working.length === UNDER_WAY + 1);
  working.at(-1)?.(CARD);
  await slack.waitFor(UNDER_WAY + 5);
});
