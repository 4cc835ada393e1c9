// In time, whatever the sources do: acknowledged within 2.5 s, something to read by then, a thousand at once, one call upstream.
import { afterEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { messageCard } from '../../../../src/app/error-card.ts';
import { CARD } from '../../../fakes/discord/bare.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import type { FakeInteraction } from '../../../fakes/discord/state.ts';
import { slash, somebody, textOf } from '../people.ts';
import { openPosting } from '../posting.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function scene(): Promise<DiscordScene> {
  const opened = await openDiscordScene();
  closing.push(opened.close);
  return opened;
}

async function bare(...given: Parameters<typeof openPosting>): ReturnType<typeof openPosting> {
  const opened = await openPosting(...given);
  closing.push(opened.close);
  return opened;
}

const after = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => void setTimeout(() => resolve(value), ms));

describe('sources that hang', () => {
  it('the last good price is there within 2.5 s, with its age', async () => {
    const opened = await scene();
    opened.core.gecko.fault = { kind: 'hang' };
    const known = await slash(opened, 'price', { coins: 'tao' });
    expect(textOf(known.message)).toContain('$250.28');
    const unknown = await slash(opened, 'coin', { coin: 'tao', currency: 'eur' }); // never asked before: nothing is known
    expect(textOf(unknown.message)).toContain('Bittensor');
    for (const asked of [known, unknown]) {
      expect(asked.ackMs).toBeLessThan(2500);
      expect(asked.answerMs).toBeLessThan(2500);
    }
  });

  it('even a core that hangs leaves a calm sentence, and the answer follows', async () => {
    const { discord } = await bare({}, { dispatch: () => after(3500, CARD) });
    const asked = discord.interact({ command: 'coin', options: { coin: 'tao' } });
    await discord.answered(asked);
    expect(asked.answerMs).toBeLessThan(2500);
    expect(textOf(asked.message)).toContain('Still loading');
    await discord.until(() => textOf(asked.message).includes('$250.28'), 5000, 'the answer itself');
  });

  it('a core that breaks and a card that fits nowhere still leave an answer', async () => {
    const wide: Card = { ...CARD, blocks: [{ kind: 'headline', value: 'x'.repeat(5000) }] };
    const { discord } = await bare(
      {},
      { dispatch: (request) => (request.command === 'coin' ? Promise.resolve(wide) : after(400, wide)) },
    );
    for (const command of ['coin', 'price']) {
      const asked = discord.interact({ command, options: { coin: 'tao' } });
      await discord.answered(asked);
      expect(textOf(asked.message)).toContain('broke on our side');
    }
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
    const { discord } = await bare(
      {},
      {
        timing: { pictureMs: 300 },
        dispatch: ({ command }) =>
          Promise.resolve(
            command === 'coin'
              ? chartCard(() => after(20, PNG))
              : command === 'price'
                ? chartCard(() => after(1500, PNG))
                : chartCard(() => Promise.reject(new Error('no picture'))),
          ),
      },
    );
    const ask = async (command: string) => {
      const asked = discord.interact({ command, options: {} });
      await discord.answered(asked);
      return asked;
    };
    const quick = await ask('coin');
    expect(quick.callbacks).toEqual([4]);
    expect(quick.message?.files.map((file) => file.name)).toEqual(['tao.png']);
    expect(quick.message?.body.attachments).toMatchObject([{ filename: 'tao.png', description: 'first 1, last 2' }]);
    const slow = await ask('price');
    expect(slow.message?.files).toEqual([]);
    await discord.until(() => slow.message?.files.length === 1, 4000, 'picture put in');
    expect((await ask('chart')).message?.files).toEqual([]);
    const id = discord.message({ content: 'price', guild: null });
    const reply = () => discord.messages().find((message) => message.replyTo === id);
    await discord.until(() => reply() !== undefined);
    expect(discord.state.refusals).toEqual([]);
  });
});

describe('lost answers to interactions', () => {
  it('are given again without a second message; a lost first answer is not taken for somebody else', async () => {
    const { discord } = await bare(
      {},
      { timeoutMs: 400, dispatch: ({ command }) => (command === 'coin' ? Promise.resolve(CARD) : after(400, CARD)) },
    );
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
    for (const command of ['coin', 'price']) {
      const asked = discord.interact({ command, options: {} });
      await discord.until(() => textOf(asked.message).includes('$250.28'), 4000, 'answer');
      await after(500, null);
      expect(asked.callbacks).toHaveLength(1);
      expect(discord.messages().filter((message) => message.interactionId === asked.id)).toHaveLength(1);
    }
  });

  it('a private answer after a public deferral goes to the asker alone', async () => {
    const { discord } = await bare(
      {},
      {
        dispatch: ({ via }) =>
          after(400, via === 'control' ? messageCard('x', 'invalid', 'No', 'private words') : CARD),
      },
    );
    const asked = discord.interact({ command: 'coin', options: {} });
    await discord.answered(asked);
    if (asked.message === null) throw new Error('no message');
    const pressed = discord.interact({ button: 'coin?coin=x', on: asked.message });
    await discord.until(() => pressed.followUps.length > 0, 3000, 'follow-up');
    expect(pressed.callbacks).toEqual([6]);
    expect(pressed.followUps[0]?.ephemeral).toBe(true);
    expect(textOf(asked.message)).toContain('$250.28');
  });
});

describe('a thousand commands in a second', () => {
  it('are all acknowledged in time with at most one call upstream', async () => {
    const opened = await scene();
    const before = opened.core.gecko.count('/coins/markets');
    const asked: FakeInteraction[] = [];
    for (let batch = 0; batch < 50; batch++) {
      for (let index = 0; index < 20; index++)
        asked.push(
          opened.discord.interact({
            command: 'price',
            options: { coins: index % 5 === 0 ? 'near' : 'tao' },
            id: somebody(),
          }),
        );
      await after(15, null);
    }
    await opened.discord.until(
      () => asked.every((one) => one.callbacks.length > 0 || one.refused.length > 0),
      20_000,
      'all acknowledged',
    );
    expect(asked.flatMap((one) => one.refused)).toEqual([]);
    const acks = asked.map((one) => one.ackMs).toSorted((a, b) => a - b);
    expect(acks.at(-1)).toBeLessThan(2500);
    expect(opened.core.gecko.count('/coins/markets') - before).toBeLessThanOrEqual(1);
    await opened.discord.until(() => asked.every((one) => one.message !== null), 20_000, 'all answered');
    expect(opened.discord.state.refusals).toEqual([]);
  }, 60_000);
});
