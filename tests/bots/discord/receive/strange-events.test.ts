// Events that are garbage, come twice, too late or at a bad time: nothing breaks, and nobody is answered twice.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bareBot, CARD } from '../../../fakes/discord/bare.ts';
import type { FakeInteraction } from '../../../fakes/discord/state.ts';
import { answers, open } from './connection.ts';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** How long a reply waits for its picture. */
const WAIT_FOR_PICTURE_MS = 1500;

describe.concurrent('strange events', () => {
  it('garbage is ignored', async () => {
    const { discord, bot, started } = await open();
    await started;
    for (const frame of [
      '',
      'null',
      '5',
      '"x"',
      '[]',
      '{}',
      '{"op":99}',
      '{"op":0,"t":null,"s":2,"d":null}',
      '{"op":0,"t":"INTERACTION_CREATE","s":3,"d":null}',
      '{"op":0,"t":"INTERACTION_CREATE","s":4,"d":{}}',
      '{"op":0,"t":"INTERACTION_CREATE","s":5,"d":{"id":5,"type":2,"data":7}}',
      '{"op":0,"t":"MESSAGE_CREATE","s":6,"d":{"id":1}}',
      '{"op":0,"t":"__proto__","s":7,"d":{}}',
      '{truncated',
      `{"op":0,"t":"X","s":8,"d":"${'x'.repeat(2_000_000)}"}`,
    ])
      discord.gateway.raw(frame);
    await answers(discord);
    expect(bot.health().connected).toBe(true);
  });

  it.each(['null', '5', '"x"', '[]', '{}', '{"user":null}', '{"user":5}'])(
    'an event whose member, user, channel, data and message are %s ends nothing',
    async (odd) => {
      const { discord, bot, started } = await open();
      await started;
      for (const type of [1, 2, 3, 4, 5, 99])
        for (const part of ['member', 'user', 'channel', 'data', 'message', 'guild_id', 'locale', 'app_permissions'])
          discord.gateway.raw(
            `{"op":0,"t":"INTERACTION_CREATE","s":${type},"d":{"id":"${type}","token":"t","application_id":"1","type":${type},"guild_id":"1","${part}":${odd}}}`,
          );
      for (const part of ['author', 'member', 'mentions', 'content', 'guild_id'])
        discord.gateway.raw(
          `{"op":0,"t":"MESSAGE_CREATE","s":9,"d":{"id":"1","mentions":[{"id":"${discord.botId}"}],"author":{"id":"2"},"content":"x","${part}":${odd}}}`,
        );
      for (const name of ['GUILD_CREATE', 'GUILD_DELETE', 'CHANNEL_DELETE', 'GUILD_MEMBER_UPDATE'])
        discord.gateway.raw(`{"op":0,"t":"${name}","s":10,"d":{"id":${odd},"guild_id":"1","user":${odd}}}`);
      await answers(discord);
      expect(bot.health().connected).toBe(true);
    },
  );

  it('a control or command that is not understood says so to the person, and autocomplete has no choices', async () => {
    const { discord, started } = await open();
    await started;
    const shown = discord.interact({ command: 'help' });
    await discord.answered(shown);
    const on = shown.message;
    if (on === null) throw new Error('no answer');
    const raw = (type: number, more: object): FakeInteraction => {
      const asked = discord.expectInteraction(type);
      const { id, token } = asked;
      const base = { id, token, type, application_id: discord.applicationId, user: { id: '1' }, channel: { id: '2' } };
      discord.gateway.event('INTERACTION_CREATE', { ...base, ...more });
      return asked;
    };
    const odd = [
      raw(2, { data: null }),
      raw(2, { data: { type: 3, target_id: '1' } }),
      raw(3, { data: { component_type: 3, custom_id: 'menu-1' }, message: { id: on.id } }),
      raw(3, { data: { component_type: 2, custom_id: 'help' } }),
      raw(5, { data: { custom_id: 'x', components: [] } }),
    ];
    for (const asked of odd) await discord.answered(asked);
    const typing = raw(4, { data: { name: 'coin', type: 1 } });
    await discord.answered(typing);
    expect(typing.choices).toEqual([]);
  });

  it('choices that cannot be read cost neither the list nor the command whose option has one of their labels', async () => {
    const { discord, started } = await open({}, { complete: () => Promise.reject(new Error('the store is away')) });
    await started;
    const typing = discord.interact({ complete: 'coin', arg: 'coin', text: 'ta' });
    const labelled = discord.interact({ command: 'coin', options: { coin: 'TAO · Bittensor' } });
    await Promise.all([discord.answered(typing), discord.answered(labelled)]);
    expect([typing.choices, labelled.callbacks]).toEqual([[], [4]]);
  });

  it('the same interaction twice, in one process or two: one answer', async () => {
    const { discord, asked, started } = await open();
    await started;
    const first = discord.interact({ command: 'help' });
    discord.interact({ command: 'help', sameAs: first });
    await discord.answered(first);
    await answers(discord);
    expect(asked()).toBe(2);
    const second = bareBot(discord);
    await second.start();
    closing.push(() => second.stop());
    await discord.until(() => second.health().connected);
    discord.interact({ command: 'help', sameAs: first }); // now delivered to the other process
    await discord.until(() => first.refused.length > 0, 'refusal of the second answer');
    expect(first.refused).toEqual([40060]);
    expect(first.callbacks).toHaveLength(1);
    expect(discord.messages().filter((message) => message.interactionId === first.id)).toHaveLength(1);
  });

  it('a reply that is deleted before its picture is there was answered all the same', async () => {
    const png = Promise.withResolvers<Uint8Array>();
    const chart = {
      title: 't',
      alt: 'a',
      fileName: 'x.png',
      unit: { percent: true },
      series: [],
      png: () => png.promise,
    } as const;
    const card = { ...CARD, blocks: [...CARD.blocks, { kind: 'chart', chart } as const] };
    const sleep = (ms: number) => wait(ms === WAIT_FOR_PICTURE_MS ? 0 : ms); // it is late at once
    const [lines, add] = [[] as string[], (_: object, line: string) => void lines.push(line)];
    const log = {
      debug: add,
      info: add,
      warn: add,
      error: (_: object, line: string) => void lines.push(`error: ${line}`),
    };
    const { discord, started } = await open({}, { log, sleep, dispatch: () => Promise.resolve(card) });
    await started;
    discord.message({ content: `<@${discord.botId}> help` });
    await discord.until(() => discord.messages().length === 1, 'reply');
    for (const message of discord.messages()) message.deleted = true;
    png.resolve(new Uint8Array([1]));
    await discord.until(() => lines.some((line) => line.includes('picture')), 'a line of the log');
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('a question that comes too late costs no work', async () => {
    const outcomes: string[] = [];
    const { discord, asked, started } = await open({}, { onAnswer: (outcome) => void outcomes.push(outcome) });
    await started;
    const late = discord.interact({ command: 'help', ageMs: 3500 });
    await discord.until(() => late.refused.length > 0, 'refusal');
    expect(late.refused).toEqual([10062]);
    expect(asked()).toBe(0);
    await discord.until(() => outcomes.length > 0, 'what became of the answer');
    expect(outcomes).toEqual(['failed']);
    const early = discord.interact({ command: 'help', ageMs: 2600 });
    await discord.answered(early);
    expect(early.callbacks).toEqual([5]);
  });
});
