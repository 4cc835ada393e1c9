// What no control can carry is left out on every platform: names in other scripts, long ids, long texts; and nothing of them is in the log.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertView } from '../app/alerts/alert-view.ts';
import { crossedCard } from '../../src/app/alerts/card.ts';
import type { Card } from '../../src/app/card.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { LONGEST_CONTROL_ID } from '../../src/app/control-id.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { createLinkPolicy } from '../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../src/bots/discord/render/render.ts';
import { renderCard as renderSlack } from '../../src/bots/slack/render/render.ts';
import { renderTerminal } from '../../src/bots/terminal/render.ts';
import { cardHtml } from '../../src/web/pages/card.ts';
import { DAY } from '../../src/base/clock.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const RENDERERS: Readonly<Record<string, (card: Card) => unknown>> = {
  discord: (card) => renderDiscord(card, { links: createLinkPolicy([]) }),
  slack: (card) => renderSlack(card),
  terminal: (card) => renderTerminal(card, { colour: true, width: 80 }),
  web: cardHtml,
};

/** Ids of controls in a payload of Discord or Slack. */
function controlIds(payload: unknown): string[] {
  const json = JSON.stringify(payload);
  return [...json.matchAll(/"(?:custom_id|value)":"((?:[^"\\\\]|\\\\.)*)"/g)].map(
    ([, id = '']) => JSON.parse(`"${id}"`) as string,
  );
}

let asked = 0;
function answer(line: string): Promise<Card> {
  const invocation = readText(line, COMMANDS, vocabularyOf(core.services));
  const user = { id: `u${asked++}`, canManage: true };
  const place = { tenant: '-', channel: `c${asked}` };
  return core.dispatch({ platform: 'terminal', ...invocation, user, place, locale: 'en', via: 'text' });
}

function expectFits(card: Card): void {
  for (const [platform, render] of Object.entries(RENDERERS)) {
    const payload = render(card);
    const ids = platform === 'discord' || platform === 'slack' ? controlIds(payload) : [];
    for (const id of ids) expect(id.length, `${platform}: ${id}`).toBeLessThanOrEqual(LONGEST_CONTROL_ID);
  }
}

const CYRILLIC = 'абвгдежзийклмно';
const START = [
  'price',
  'coin',
  'chart',
  'compare tao',
  'convert 5',
  'subnet',
  'alert create',
  'digest create 09:00 UTC',
  'faq',
  '',
];

it.each(START)('"/%s" with 15 Cyrillic letters', async (start) => {
  for (const text of [CYRILLIC, `${CYRILLIC} tao`, `tao ${CYRILLIC} eur`]) {
    const card = await answer(start === '' ? text : `/${start} ${text}`);
    expect(card.outcome).not.toBe('error');
    expectFits(card);
  }
  expect(core.lines.join('\n')).not.toContain(CYRILLIC);
});

it('any text in any command', async () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('й', '币', '🚀', 'ß', '%', ' ', ',', 'a'), minLength: 10, maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 120 }),
  );
  const property = fc.asyncProperty(fc.constantFrom(...START), text, async (start, typed) => {
    const card = await answer(`/${start} ${typed}`);
    expect(card.outcome).not.toBe('error');
    expectFits(card);
  });
  await fc.assert(property, { seed: 13, numRuns: 150 });
}, 60_000);

const LONG = 'fund-of-real-world-assets-held-by-a-trustee-for-the-benefit-of-token-holders-and-their-heirs-2';

it('posts that nobody asked for: an alert and a digest of a coin with a very long id', async () => {
  const now = core.now();
  const target = { kind: 'coin', id: LONG } as const;
  const alert = alertView({ label: 'FUND', target, expiresAt: now + 30 * DAY });
  expectFits(crossedCard({ alert, crossedAt: now, value: 301, mention: null }, now));
  const order = { coins: [LONG], currency: 'usd', locale: 'en', zone: 'UTC', subnets: false, dueAt: now, late: false };
  expectFits(await digestCard(order, core.services, now));
});
