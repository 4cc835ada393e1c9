// Presses whose answer cannot be put into the card any more, because a later press was faster or the card is gone: nobody reads that it failed.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { messageCard } from '../../../../src/app/error-card.ts';
import { bareBot } from '../../../fakes/discord/bare.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../fakes/discord/discord.ts';
import type { FakeInteraction, FakeMessage } from '../../../fakes/discord/state.ts';
import { textOf } from '../people.ts';

let discord: FakeDiscord;
let bot: ReturnType<typeof bareBot>;
/** What the core answers, by the argument `n` of a request. */
let cards: Map<string, Promise<Card>>;

beforeEach(async () => {
  cards = new Map();
  discord = await startFakeDiscord();
  bot = bareBot(discord, {
    timing: { deferMs: 60_000 }, // whatever a test hands over counts as there at once
    dispatch: (request) =>
      cards.get('read' in request ? '' : (request.args['n'] ?? '')) ?? Promise.resolve(card('first')),
  });
  await bot.start();
  await discord.until(() => bot.health().connected);
});
afterEach(async () => {
  await bot.stop();
  await discord.close();
});

const card = (words: string): Card => messageCard('coin', 'ok', 'Card', words);
const press = (on: FakeMessage, n: string): FakeInteraction => discord.interact({ button: `coin?n=${n}`, on });

async function shown(command = 'coin'): Promise<FakeMessage> {
  const asked = discord.interact({ command });
  await discord.answered(asked);
  if (asked.message === null) throw new Error('no card');
  return asked.message;
}

it('an answer that comes after that of a later press is acknowledged, and changes nothing', async () => {
  const message = await shown();
  const quick = Promise.withResolvers<Card>();
  cards.set('1', quick.promise).set('2', Promise.resolve(card('second')));
  const first = press(message, '1');
  press(message, '2');
  await discord.until(() => textOf(message).includes('second'));
  await shown('help'); // by then the bot knows that the second one arrived
  quick.resolve(card('outdated'));
  await discord.until(() => first.callbacks.length > 0, 'acknowledgement');
  expect(first.callbacks).toEqual([6]);
  expect(textOf(message)).toContain('second');
});

it('a card that is deleted meanwhile still answers whoever pressed, privately', async () => {
  const message = await shown();
  cards.set('1', Promise.resolve(card('answer')));
  discord.faults.push(({ path, body }) =>
    path.endsWith('/callback') && (body as { type: number }).type === 7
      ? { answer: { status: 404, body: { code: 10_008, message: 'Unknown Message' } } }
      : undefined,
  );
  const pressed = press(message, '1');
  await discord.until(() => pressed.callbacks.length > 0, 'answer');
  expect(pressed.callbacks).toEqual([4]);
  const answer = discord.messages().at(-1);
  expect([answer?.ephemeral, textOf(answer)]).toEqual([true, expect.stringContaining('answer')]);
});
