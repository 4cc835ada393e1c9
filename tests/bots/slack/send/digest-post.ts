// A digest as a card, where it goes, and a scene whose time stands still until the test moves it.
import type { Card } from '../../../../src/app/card.ts';
import type { Body, Bot, Target } from '../../../../src/bots/bot.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import type { TestCore } from '../../../fakes/core.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/slack.ts';
import { openScene } from '../scene.ts';

export const DIGEST: Card = {
  kind: 'digest',
  outcome: 'ok',
  tone: 'up',
  title: 'TAO today',
  blocks: [
    { kind: 'headline', value: '$250.28', change: { direction: 'up', text: '▲ +3.6%' } },
    {
      kind: 'chart',
      chart: {
        title: 'TAO',
        alt: 'TAO rose from 240 to 250',
        fileName: 'tao.png',
        unit: { currency: 'usd' },
        series: [
          {
            label: 'TAO',
            points: [
              [1_700_000_000_000, 240],
              [1_700_100_000_000, 250],
            ],
          },
        ],
        png: () => Promise.resolve(Buffer.from('89504e470d0a1a0a00', 'hex')),
      },
    },
  ],
};

export const target = (channel: string): Target => ({ tenant: 'T0TEAM', channel });

/** Bodies are kept in the database between attempts. */
export async function prepared(bot: Bot, card: Card = DIGEST): Promise<Body> {
  return JSON.parse(JSON.stringify(await bot.prepare(card))) as Body;
}

/** A clock that a test moves, for the bot and for Slack. */
export async function openWithClock(core: TestCore, fake: FakeSlackOptions = {}) {
  const clock = createTestClock({ freeMs: 5000 });
  const { now, sleep } = clock;
  return { clock, scene: await openScene(core, { fake: { now, ...fake }, bot: { now, sleep, monotonic: now } }) };
}
