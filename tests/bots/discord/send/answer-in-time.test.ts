// In time, whatever the sources do: deferred when the answer is slow, something to read before people give up, a thousand at once.
import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { messageCard } from '../../../../src/app/error-card.ts';
import type { DiscordOptions } from '../../../../src/bots/discord/bot.ts';
import { createTestClock, settled } from '../../../fakes/clock.ts';
import { CARD } from '../../../fakes/discord/bare.ts';
import type { InteractionWish } from '../../../fakes/discord/events.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import type { FakeInteraction } from '../../../fakes/discord/state.ts';
import { PATIENCE_MS } from '../../../fakes/patience.ts';
import { slash, somebody, textOf } from '../people.ts';
import { postings } from '../posting.ts';

/** When the bot defers, when it says that it is still loading, and when it repeats a lost edit (ms). */
const [DEFER_MS, GUARD_MS, EDIT_AGAIN_MS] = [250, 2300, 200];

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function scene(...given: Parameters<typeof openDiscordScene>): Promise<DiscordScene> {
  const opened = await openDiscordScene(...given);
  closing.push(opened.close);
  return opened;
}

const bare = postings();

/** A bot and a platform on one clock: short pauses between calls pass by themselves, everything else when the test says so. */
async function timed(changes: Partial<DiscordOptions> = {}) {
  const clock = createTestClock({ freeMs: 100 });
  const opened = await bare({ now: clock.now }, { now: clock.now, sleep: clock.sleep, ...changes });
  return { ...opened, clock };
}

/** Asks, and lets the time pass after which the bot defers; resolves once the platform took the deferral. */
async function askDeferred(
  { discord, clock }: Pick<Awaited<ReturnType<typeof timed>>, 'discord' | 'clock'>,
  wish: InteractionWish,
): Promise<FakeInteraction> {
  const waiting = clock.asked(DEFER_MS);
  const asked = discord.interact(wish);
  await waiting;
  await clock.advance(DEFER_MS);
  await discord.until(() => asked.callbacks.length > 0, 'deferral');
  return asked;
}

it('a wall clock that is set back while a question is looked at delays no deferral', async () => {
  const clock = createTestClock({ freeMs: 100 });
  const made = Promise.withResolvers<Card>();
  let back = 0;
  const { discord } = await bare(
    { now: clock.now },
    {
      now: () => clock.now() - back,
      monotonic: clock.now,
      sleep: clock.sleep,
      dispatch: () => made.promise,
      seenKeys: { seen: () => Promise.resolve((back = 3_600_000) < 0) },
    },
  );
  const asked = await askDeferred({ discord, clock }, { command: 'help' });
  expect(asked.callbacks).toHaveLength(1);
  made.resolve(CARD);
  await discord.answered(asked);
});

describe('sources that hang', () => {
  it('the last good price is there, with its age', async () => {
    const opened = await scene();
    opened.core.gecko.fault = { kind: 'hang' };
    const known = await slash(opened, 'price', { coins: 'tao' });
    expect(textOf(known.message)).toContain('$250.28');
    const unknown = await slash(opened, 'coin', { coin: 'tao', currency: 'eur' }); // never asked before: nothing is known
    expect(textOf(unknown.message)).toContain('Bittensor');
  });

  it('even a core that hangs leaves a calm sentence, and the answer follows', async () => {
    const answer = Promise.withResolvers<Card>();
    const opened = await timed({ dispatch: () => answer.promise });
    const { discord, clock } = opened;
    const guarding = clock.asked(GUARD_MS - DEFER_MS);
    const asked = await askDeferred(opened, { command: 'coin', options: { coin: 'tao' } });
    expect(asked.ackMs).toBe(DEFER_MS);
    await guarding;
    await clock.advance(GUARD_MS - DEFER_MS);
    await discord.answered(asked);
    expect(asked.answerMs).toBe(GUARD_MS);
    expect(textOf(asked.message)).toContain('Still loading');
    answer.resolve(CARD);
    await discord.until(() => textOf(asked.message).includes('$250.28'), 'the answer itself');
  });

  it('a core that breaks and a card that fits nowhere still leave an answer', async () => {
    const wide: Card = { ...CARD, blocks: [{ kind: 'headline', value: 'x'.repeat(5000) }] };
    const slow = Promise.withResolvers<Card>();
    const opened = await timed({
      dispatch: (request) =>
        'command' in request && request.command === 'coin' ? Promise.resolve(wide) : slow.promise,
    });
    const quick = opened.discord.interact({ command: 'coin', options: { coin: 'tao' } });
    await opened.discord.answered(quick);
    const late = await askDeferred(opened, { command: 'price', options: { coins: 'tao' } });
    slow.resolve(wide);
    await opened.discord.answered(late);
    for (const asked of [quick, late]) expect(textOf(asked.message)).toContain('broke on our side');
  });
});

describe('pictures', () => {
  const chartCard = (png: () => Promise<Uint8Array>): Card => ({
    ...CARD,
    blocks: [
      ...CARD.blocks,
      {
        kind: 'chart',
        chart: { title: 't', alt: 'first 1, last 2', fileName: 'tao.png', unit: { percent: true }, series: [], png },
      },
    ],
  });
  const PNG = new Uint8Array([137, 80, 78, 71]);

  it('come with the card when they are quick, after it when they are slow, not at all when they fail', async () => {
    const slow = Promise.withResolvers<Uint8Array>();
    const cards: Record<string, Card> = {
      coin: chartCard(() => Promise.resolve(PNG)),
      price: chartCard(() => slow.promise),
      chart: chartCard(() => Promise.reject(new Error('no picture'))),
    };
    const opened = await timed({
      timing: { pictureMs: 300 },
      dispatch: (request) => Promise.resolve(('command' in request ? cards[request.command] : undefined) ?? CARD),
    });
    const { discord, clock } = opened;
    const quick = discord.interact({ command: 'coin', options: {} });
    await discord.answered(quick);
    expect(quick.callbacks).toEqual([4]);
    expect(quick.message?.files.map((file) => file.name)).toEqual(['tao.png']);
    expect(quick.message?.body.attachments).toMatchObject([{ filename: 'tao.png', description: 'first 1, last 2' }]);
    const waiting = clock.asked(300);
    const late = await askDeferred(opened, { command: 'price', options: {} });
    await waiting;
    await clock.advance(300);
    await discord.answered(late);
    expect(late.message?.files).toEqual([]);
    slow.resolve(PNG);
    await discord.until(() => late.message?.files.length === 1, 'picture put in');
    const without = discord.interact({ command: 'chart', options: {} });
    await discord.answered(without);
    expect(without.message?.files).toEqual([]);
    const id = discord.message({ content: 'price', guild: null });
    await discord.until(() => discord.messages().some((message) => message.replyTo === id));
    expect(discord.state.refusals).toEqual([]);
  });
});

describe('lost answers to interactions', () => {
  it('are given again without a second message; a lost first answer is not taken for somebody else', async () => {
    const slow = Promise.withResolvers<Card>();
    const opened = await timed({
      dispatch: (request) =>
        'command' in request && request.command === 'coin' ? Promise.resolve(CARD) : slow.promise,
    });
    const { discord, bot, clock } = opened;
    const lost = new Map<string, number>();
    discord.faults.push((call) => {
      const seen = (lost.get(call.path) ?? 0) + 1;
      lost.set(call.path, seen);
      if (seen > 1) return undefined;
      return call.path.endsWith('/callback')
        ? { commit: true, answer: 'reset' }
        : call.path.endsWith('/@original')
          ? { commit: true, answer: { status: 502 } }
          : undefined;
    });
    const quick = discord.interact({ command: 'coin', options: {} });
    await discord.answered(quick);
    await discord.until(() => [...lost.values()].includes(2), 'the lost answer again');
    await settled(); // else its pauses move the clock while the next one counts its time
    const late = await askDeferred(opened, { command: 'price', options: {} });
    const again = clock.asked(EDIT_AGAIN_MS);
    slow.resolve(CARD);
    await again;
    await clock.advance(EDIT_AGAIN_MS);
    await bot.stop(); // waits for all work under way: nothing more can follow
    for (const asked of [quick, late]) {
      expect(textOf(asked.message)).toContain('$250.28');
      expect(asked.callbacks).toHaveLength(1);
      expect(discord.messages().filter((message) => message.interactionId === asked.id)).toHaveLength(1);
    }
    expect([...lost].filter(([path]) => path.endsWith('/@original')).map(([, count]) => count)).toEqual([2]);
  });

  it('a private answer after a public deferral goes to the asker alone', async () => {
    const [first, second] = [Promise.withResolvers<Card>(), Promise.withResolvers<Card>()];
    const opened = await timed({ dispatch: ({ via }) => (via === 'control' ? second.promise : first.promise) });
    const { discord } = opened;
    const asked = await askDeferred(opened, { command: 'coin', options: {} });
    first.resolve(CARD);
    await discord.answered(asked);
    if (asked.message === null) throw new Error('no message');
    const pressed = await askDeferred(opened, { button: 'coin?coin=x', on: asked.message });
    second.resolve(messageCard('x', 'invalid', 'No', 'private words'));
    await discord.until(() => pressed.followUps.length > 0, 'follow-up');
    expect(pressed.callbacks).toEqual([6]);
    expect(pressed.followUps[0]?.ephemeral).toBe(true);
    expect(textOf(asked.message)).toContain('$250.28');
  });
});

describe('a thousand commands at once', () => {
  it('are all acknowledged and answered with at most one call upstream', async () => {
    const monotonic = () => performance.now() / 20;
    const opened = await scene({ bot: { monotonic, timeoutMs: PATIENCE_MS } }); // how fast is for the benchmark
    const before = opened.core.gecko.count('/coins/markets');
    const asked = Array.from({ length: 1000 }, (_, index) =>
      opened.discord.interact({
        command: 'price',
        options: { coins: index % 5 === 0 ? 'near' : 'tao' },
        id: somebody(),
      }),
    );
    await opened.discord.until(() => asked.every((one) => one.message !== null), 'all answered');
    expect(asked.flatMap((one) => one.refused)).toEqual([]);
    expect(opened.core.gecko.count('/coins/markets') - before).toBeLessThanOrEqual(1);
    expect(opened.discord.state.refusals).toEqual([]);
  });
});
