// A card that everybody sees: older answers, waiting notes, failures and private answers never take its place.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { messageCard } from '../../../../src/app/error-card.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { bareBot } from '../../../fakes/discord/bare.ts';
import { type FakeDiscord, startFakeDiscord } from '../../../fakes/discord/discord.ts';
import type { FakeInteraction, FakeMessage } from '../../../fakes/discord/state.ts';
import { textOf } from '../people.ts';

const [DEFER_MS, GUARD_MS, PICTURE_MS] = [250, 2300, 1000];
const PNG = new Uint8Array([137, 80, 78, 71]);

let discord: FakeDiscord;
let clock: ReturnType<typeof createTestClock>;
let bot: ReturnType<typeof bareBot>;
/** What the core answers, by the argument `n` of a request. */
let cards: Map<string, Promise<Card>>;

beforeEach(async () => {
  clock = createTestClock({ freeMs: 100 });
  cards = new Map();
  discord = await startFakeDiscord({ now: clock.now });
  bot = bareBot(discord, {
    now: clock.now,
    sleep: clock.sleep,
    dispatch: (request) => {
      const key = 'read' in request ? '' : (request.args['n'] ?? request.command);
      return cards.get(key) ?? Promise.resolve(card('first'));
    },
  });
  await bot.start();
  await discord.until(() => bot.health().connected);
});
afterEach(async () => {
  const stopped = bot.stop();
  await clock.advance(10_000);
  await stopped;
  await discord.close();
});

const card = (words: string): Card => messageCard('coin', 'ok', 'Card', words);
const drawn = (words: string, png: () => Promise<Uint8Array>): Card => ({
  ...card(words),
  blocks: [
    ...card(words).blocks,
    { kind: 'chart', chart: { title: 't', alt: 'a', fileName: 'x.png', unit: { percent: true }, series: [], png } },
  ],
});

async function shown(command = 'coin'): Promise<{ asked: FakeInteraction; message: FakeMessage }> {
  const asked = discord.interact({ command });
  await discord.answered(asked);
  if (asked.message === null) throw new Error('no card');
  return { asked, message: asked.message };
}

const press = (on: FakeMessage, n: string): FakeInteraction => discord.interact({ button: `coin?n=${n}`, on });

/** Lets the time pass after which the bot defers; resolves once the platform took the deferral. */
async function deferred(ask: () => FakeInteraction): Promise<FakeInteraction> {
  const waiting = clock.asked(DEFER_MS);
  const asked = ask();
  await waiting;
  await clock.advance(DEFER_MS);
  await discord.until(() => asked.callbacks.length > 0, 'deferral');
  return asked;
}

describe('only the newest answer may change a message', () => {
  it('a slow answer of an earlier press comes too late', async () => {
    const { message } = await shown();
    const slow = Promise.withResolvers<Card>();
    cards.set('1', slow.promise).set('2', Promise.resolve(card('second')));
    await deferred(() => press(message, '1'));
    press(message, '2');
    await discord.until(() => textOf(message).includes('second'));
    slow.resolve(card('outdated'));
    await bot.stop(); // all work has ended
    expect(textOf(message)).toContain('second');
  });

  it.each(['the first answer', 'an earlier press'])('a late picture of %s comes too late', async (which) => {
    const png = Promise.withResolvers<Uint8Array>();
    const picture = Promise.resolve(drawn('old', () => png.promise));
    const first = which === 'the first answer';
    cards.set(first ? 'coin' : '1', picture).set('2', Promise.resolve(card('second')));
    const waiting = clock.asked(PICTURE_MS);
    const on = first ? null : (await shown()).message;
    const old = await deferred(() => (on === null ? discord.interact({ command: 'coin' }) : press(on, '1')));
    await waiting;
    await clock.advance(PICTURE_MS);
    await discord.answered(old);
    const message = old.message;
    if (message === null) throw new Error('no card');
    press(message, '2');
    await discord.until(() => textOf(message).includes('second'));
    png.resolve(PNG);
    await bot.stop();
    expect([textOf(message), message.files]).toEqual([expect.stringContaining('second'), []]);
  });

  it('of a mention, too', async () => {
    const png = Promise.withResolvers<Uint8Array>();
    cards.set('help', Promise.resolve(drawn('old', () => png.promise))).set('2', Promise.resolve(card('second')));
    const waiting = clock.asked(1500);
    discord.message({ content: `<@${discord.botId}> help` });
    await waiting;
    await clock.advance(1500);
    await discord.until(() => discord.messages().length === 1);
    const [message] = discord.messages();
    if (message === undefined) throw new Error('no reply');
    press(message, '2');
    await discord.until(() => textOf(message).includes('second'));
    png.resolve(PNG);
    await bot.stop();
    expect([textOf(message), message.files]).toEqual([expect.stringContaining('second'), []]);
  });

  it('an edit that is still on its way is waited for, so that it cannot arrive after the newer one', async () => {
    const { message } = await shown();
    const slow = Promise.withResolvers<Card>();
    const held = Promise.withResolvers<void>();
    cards.set('1', slow.promise).set('2', Promise.resolve(card('second')));
    await deferred(() => press(message, '1'));
    const edits = () => discord.count('PATCH', /@original$/);
    // The platform works on the first edit when the second press comes, and finishes it last.
    discord.faults.push((call) =>
      call.method === 'PATCH' && edits() === 1 ? { before: held.promise, answer: 'ok' } : undefined,
    );
    slow.resolve(card('outdated'));
    await discord.until(() => edits() === 1);
    const second = press(message, '2');
    await discord.until(() => second.callbacks.length > 0, 'acknowledgement');
    held.resolve();
    await discord.until(() => edits() === 2 || second.callbacks[0] === 7, 'second edit');
    await bot.stop();
    expect(textOf(message)).toContain('second');
  });

  it('a newer answer that failed does not silence the one before', async () => {
    const { message } = await shown();
    const slow = Promise.withResolvers<Card>();
    cards.set('1', slow.promise).set('2', Promise.resolve(card('second')));
    await deferred(() => press(message, '1'));
    discord.faults.push((call) =>
      JSON.stringify(call.body).includes('second') ? { answer: { status: 403, body: { code: 50_013 } } } : undefined,
    );
    press(message, '2');
    await discord.until(() => discord.count('POST', /callback$/) === 3);
    slow.resolve(card('one'));
    await discord.until(() => textOf(message).includes('one'));
    expect(textOf(message)).not.toContain('second');
  });
});

describe('a button on a public card', () => {
  it('leaves the card until the answer is there, and tells the person privately that it takes longer', async () => {
    const { message } = await shown();
    const slow = Promise.withResolvers<Card>();
    cards.set('1', slow.promise);
    const guarding = clock.asked(GUARD_MS - DEFER_MS);
    const pressed = await deferred(() => press(message, '1'));
    await guarding;
    await clock.advance(GUARD_MS - DEFER_MS);
    await discord.until(() => pressed.followUps.length > 0);
    expect(textOf(message)).toContain('first');
    expect(pressed.followUps).toMatchObject([{ ephemeral: true }]);
    expect(textOf(pressed.followUps[0])).toContain('Still loading');
    slow.resolve(messageCard('x', 'invalid', 'No', 'private words'));
    await discord.until(() => pressed.followUps.length === 2);
    expect(pressed.followUps.map(({ ephemeral }) => ephemeral)).toEqual([true, true]);
    expect([textOf(message), message.edits]).toEqual([expect.stringContaining('first'), 0]);
  });

  it.each([
    ['refuses the answer', { status: 400, body: { code: 50_035, message: 'x' } }, 'broke on our side'],
    ['is broken for long', { status: 502 }, 'did not get through'],
  ])('keeps the card where Discord %s, and the person hears of it privately', async (_how, answer, words) => {
    const { message } = await shown();
    const slow = Promise.withResolvers<Card>();
    cards.set('1', slow.promise);
    const pressed = await deferred(() => press(message, '1'));
    discord.faults.push((call) => (call.method === 'PATCH' ? { answer } : undefined));
    slow.resolve(card('new'));
    clock.freeMs = 5000; // the pauses between attempts
    await discord.until(() => pressed.followUps.length > 0, 'a private word');
    expect(pressed.followUps).toMatchObject([{ ephemeral: true }]);
    expect(textOf(pressed.followUps[0])).toContain(words);
    expect(textOf(message)).toContain('first');
  });
});

describe('a private answer', () => {
  it.each([
    ['"not sure" about somebody else\'s message', { messageCommand: 'Answer from FAQ', content: 'q' }, 'faq'],
    ['an error of a command', { command: 'coin' }, 'coin'],
  ] as const)('stays private when it was slow: %s', async (_what, wish, command) => {
    const slow = Promise.withResolvers<Card>();
    cards.set(command, slow.promise);
    const asked = await deferred(() => discord.interact(wish));
    slow.resolve({ ...messageCard('faq', 'unsure', 'Not sure', 'secret'), private: command === 'coin' });
    await discord.until(() => asked.followUps.length > 0);
    expect(asked.followUps).toMatchObject([{ ephemeral: true }]);
    expect(discord.messages().filter((message) => !message.ephemeral)).toEqual([]);
  });

  it('stays private when everybody was told that it takes longer', async () => {
    const slow = Promise.withResolvers<Card>();
    cards.set('faq', slow.promise);
    const guarding = clock.asked(GUARD_MS - DEFER_MS);
    const asked = await deferred(() => discord.interact({ messageCommand: 'Answer from FAQ', content: 'q' }));
    await guarding;
    await clock.advance(GUARD_MS - DEFER_MS);
    await discord.answered(asked);
    slow.resolve(messageCard('faq', 'unsure', 'Not sure', 'secret'));
    await discord.until(() => asked.followUps.length > 0);
    expect(discord.messages().filter((message) => !message.ephemeral)).toEqual([]);
  });

  it('is dropped rather than shown to everybody where the first answer cannot be taken back', async () => {
    const slow = Promise.withResolvers<Card>();
    cards.set('faq', slow.promise);
    const asked = await deferred(() => discord.interact({ messageCommand: 'Answer from FAQ', content: 'q' }));
    discord.faults.push((call) => (call.method === 'DELETE' ? { answer: { status: 403 } } : undefined));
    slow.resolve(messageCard('faq', 'unsure', 'Not sure', 'secret'));
    await discord.until(() => discord.count('DELETE', /@original$/) > 0);
    await bot.stop();
    expect([asked.message, asked.followUps]).toEqual([null, []]);
  });
});
