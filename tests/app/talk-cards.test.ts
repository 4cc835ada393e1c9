// Questions about the bot itself and about the future: one fixed card each, and every button of it leads somewhere.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card, Invocation } from '../../src/app/card.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { TALK_CARDS } from '../../src/app/talk-cards.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

/** Each from a channel of its own, so that none waits for the cool-down of another. */
let asked = 0;
function ask(invocation: Invocation): Promise<Card> {
  const place = { tenant: '-', channel: 'c' };
  const user = { id: `u${asked++}`, canManage: true };
  return core.dispatch({ platform: 'terminal', ...invocation, user, place, locale: 'en', via: 'text' });
}

it.each(Object.keys(TALK_CARDS))('%s: the card, and what its buttons lead to', async (about) => {
  const card = await ask({ command: 'help', args: { about } });
  expect(card).toMatchObject({ kind: 'help', outcome: 'ok' });
  const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  expect(buttons.length).toBeGreaterThanOrEqual(2);
  for (const { label, invocation } of buttons) expect((await ask(invocation)).outcome, label).toBe('ok');
});

it('nothing is predicted in /faq either', async () => {
  const card = await ask({ command: 'faq', args: { question: 'will tao go to 1000?' } });
  expect(card.title).toBe('I do not predict prices');
  const labels = card.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .map(({ label }) => label);
  expect(labels).toEqual(['TAO now', '1 year chart', 'What moves the price?']);
});

it.each(['swiss francs', 'Schweizer Franken', 'francs suisses', 'CHF'])(
  'a form takes the currency "%s"',
  async (currency) => {
    const price = await ask({ command: 'price', args: { coins: 'tao', currency } });
    expect(plainText(price)).toMatch(/TAO\s+CHF/);
    const sum = await ask({ command: 'convert', args: { amount: '5', from: 'tao', to: currency } });
    expect(sum.title).toContain('in CHF');
  },
);
