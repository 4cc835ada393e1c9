// Every command as slash command, by mention, reply and direct message; controls edit in place; rights count when acting.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { defineCommand } from '../../../src/app/command.ts';
import { applicationCommands, type Entry } from '../../../src/bots/discord/commands.ts';
import { createDiscordBot } from '../../../src/bots/discord/bot.ts';
import { messageCard } from '../../../src/app/error-card.ts';
import { GUILD, MANAGE_CHANNELS } from '../../fakes/discord-events.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord-house.ts';
import { lookAt } from '../../fakes/discord-look.ts';
import type { FakeInteraction, FakeMessage } from '../../fakes/discord-state.ts';
import { flatten, type MessageBody } from '../../fakes/discord-check.ts';

const ARGS: Record<string, Record<string, string>> = {
  coin: { coin: 'tao' },
  price: { coins: 'tao, near' },
  chart: { coin: 'tao' },
  compare: { coins: 'tao near' },
  convert: { amount: '2.5', from: 'tao', to: 'usd' },
  faq: { question: 'when is the next halving?' },
};

let scene: DiscordScene;
let person = 0;
beforeAll(async () => {
  scene = await openDiscordScene();
});
afterAll(() => scene.close());
beforeEach(() => void person++);

/** Everybody is somebody else, so that the cool-down of one does not stop the next. */
const somebody = (): string => String(720_000_000_000_000_000n + BigInt(person * 1000 + (counter++ % 1000)));
let counter = 0;

async function slash(
  command: string,
  options: Record<string, string> = {},
  more: object = {},
): Promise<FakeInteraction> {
  const asked = scene.discord.interact({ command, options, id: somebody(), ...more });
  await scene.discord.answered(asked);
  return asked;
}

const textOf = (message: FakeMessage | null | undefined): string => (message == null ? '' : lookAt(message.body).text);
const idsOf = (body: MessageBody): string[] =>
  flatten(body.components ?? []).flatMap((node) => node.options?.map((option) => option.value) ?? node.custom_id ?? []);

async function replyTo(wish: Parameters<DiscordScene['discord']['message']>[0]): Promise<FakeMessage | undefined> {
  const id = scene.discord.message({ id: somebody(), ...wish });
  const reply = () => scene.discord.messages().find((message) => message.replyTo === id);
  await scene.discord.until(() => reply() !== undefined, 5000, `reply to ${wish.content}`);
  return reply();
}

const asksAnything = COMMANDS.filter((command) => command.manage !== true && !command.name.startsWith('digest'));

describe('asking', () => {
  it.each(asksAnything.map((command) => command.name))('/%s answers as slash command', async (name) => {
    const asked = await slash(name, ARGS[name] ?? {});
    expect(asked.message?.ephemeral).toBe(COMMANDS.find((command) => command.name === name)?.private === true);
    expect(textOf(asked.message).length).toBeGreaterThan(20);
    expect(scene.discord.state.refusals).toEqual([]);
  });

  it.each(asksAnything.map((command) => command.name))(
    '%s answers by mention and in a direct message',
    async (name) => {
      const words = `${name} ${Object.values(ARGS[name] ?? {}).join(' ')}`.trim();
      const byMention = await replyTo({ content: `<@${scene.discord.botId}> ${words}` });
      const byMessage = await replyTo({ content: words, guild: null, channel: '710000000000000099' });
      expect(textOf(byMention).split('\n')[0]).toBe(textOf(byMessage).split('\n')[0]);
      expect(textOf(byMention).length).toBeGreaterThan(20);
      expect(scene.discord.state.refusals).toEqual([]);
    },
  );

  it('a reply to the bot is a question, a plain message is not, and bots never get an answer', async () => {
    const first = await replyTo({ content: `<@${scene.discord.botId}> price tao` });
    if (first === undefined) throw new Error('no first answer');
    expect(textOf(await replyTo({ content: 'what is a subnet?', repliesTo: first }))).toContain('ubnet');
    const before = scene.discord.messages().length;
    scene.discord.message({ content: 'price tao' });
    scene.discord.message({ content: `<@${scene.discord.botId}> price tao`, bot: true });
    scene.discord.message({ content: `<@${scene.discord.botId}> price tao`, webhook: true });
    scene.discord.message({ content: '@everyone price tao' });
    await replyTo({ content: `<@${scene.discord.botId}> price near` });
    expect(scene.discord.messages()).toHaveLength(before + 1);
  });

  it('"Answer from FAQ" answers the text of somebody else\'s message', async () => {
    const asked = scene.discord.interact({
      messageCommand: 'Answer from FAQ',
      content: '<@123456789012345678> when is the next halving?',
      id: somebody(),
    });
    await scene.discord.answered(asked);
    expect(textOf(asked.message).toLowerCase()).toContain('halving');
    const unsure = scene.discord.interact({
      messageCommand: 'Answer from FAQ',
      content: 'who won the football match',
      id: somebody(),
    });
    await scene.discord.answered(unsure);
    expect(textOf(unsure.message)).toContain('Not sure');
  });

  it('numbers and dates follow the locale of the user; a made-up one means English', async () => {
    expect(textOf((await slash('coin', { coin: 'tao' }, { locale: 'de' })).message)).toContain('250,28');
    expect(textOf((await slash('coin', { coin: 'tao' }, { locale: 'xx-INVALID' })).message)).toContain('$250.28');
  });

  it('ages are moments that the client keeps current; the source is linked', async () => {
    const asked = await slash('price', { coins: 'tao' });
    const raw = JSON.stringify(asked.message?.body);
    expect(raw).toMatch(/<t:\d{10}:R>/);
    expect(lookAt(asked.message?.body ?? {}).links.every((link) => link.startsWith('https://www.coingecko.com/'))).toBe(
      true,
    );
  });
});

describe('autocomplete', () => {
  it.each(['', 'ta', 'bitt', 'x'.repeat(6000), '__proto__', '@everyone'])('answers within limits: %j', async (text) => {
    const asked = scene.discord.interact({ complete: 'coin', arg: 'coin', text });
    await scene.discord.answered(asked);
    expect(asked.choices?.length).toBeLessThanOrEqual(25);
    expect(scene.discord.state.refusals).toEqual([]);
    if (text === 'bitt')
      expect(asked.choices?.[0]).toEqual({
        name: expect.stringMatching(/^TAO · Bittensor/) as string,
        value: 'bittensor',
      });
    if (text === '') expect(asked.choices?.length).toBeGreaterThan(8);
  });

  it('completes lists, currencies and questions', async () => {
    const list = scene.discord.interact({ complete: 'price', arg: 'coins', text: 'tao, nea' });
    const currency = scene.discord.interact({
      complete: 'coin',
      arg: 'currency',
      text: 'eu',
      options: { coin: 'tao' },
    });
    const question = scene.discord.interact({ complete: 'faq', arg: 'question', text: 'halving' });
    await Promise.all([list, currency, question].map((asked) => scene.discord.answered(asked)));
    expect(list.choices?.[0]?.value).toBe('tao,near');
    expect(currency.choices?.[0]).toEqual({ name: 'EUR', value: 'eur' });
    expect(question.choices?.map((choice) => choice.name.toLowerCase()).join()).toContain('halving');
  });
});

describe('controls', () => {
  it('range, section, refresh and related coin edit the message in place, also after a restart', async () => {
    const { message } = await slash('coin', { coin: 'tao' });
    if (message === null) throw new Error('no card');
    const before = scene.discord.messages().length;
    const press = async (match: RegExp, kind: 'button' | 'menu'): Promise<void> => {
      const id = idsOf(message.body).find((candidate) => match.test(candidate)) ?? '';
      const edits = message.edits;
      const asked = scene.discord.interact({
        id: somebody(),
        on: message,
        ...(kind === 'button' ? { button: id } : { menu: id }),
      } as Parameters<DiscordScene['discord']['interact']>[0]);
      await scene.discord.until(() => message.edits > edits && asked.callbacks.length > 0, 5000, `edit by ${id}`);
      expect([6, 7]).toContain(asked.callbacks[0]);
    };
    await press(/range=30d/, 'button');
    await press(/section=tradeoffs/, 'button');
    expect(textOf(message)).toContain('Tradeoffs');
    const second = createDiscordBot(scene.options);
    await scene.bot.stop();
    await second.start();
    scene.bot = second;
    await scene.discord.until(() => second.health().connected);
    await press(/section=how-it-works/, 'button');
    await press(/coin=id(:|%3A)near/, 'menu');
    expect(textOf(message)).toContain('NEAR');
    expect(scene.discord.messages()).toHaveLength(before);
    expect(scene.discord.count('PUT', /commands$/)).toBe(1); // unchanged commands are not registered again
  });

  it('a private answer to a control never replaces what everybody sees', async () => {
    const { message } = await slash('coin', { coin: 'tao' });
    if (message === null) throw new Error('no card');
    const asked = scene.discord.interact({ button: 'coin?coin=no-such-coin-at-all', on: message, id: somebody() });
    await scene.discord.until(
      () => asked.callbacks.length > 0 && (asked.message !== message || asked.followUps.length > 0),
    );
    const aside = asked.followUps[0] ?? asked.message;
    expect(aside?.ephemeral).toBe(true);
    expect(textOf(message)).toContain('Bittensor');
  });

  it.each(['', 'x'.repeat(100), 'nonsense?', 'coin?coin=%00', 'digest delete?id=1'])(
    'an unknown control is refused quietly: %j',
    async (button) => {
      const { message } = await slash('price', { coins: 'tao' });
      if (message === null) throw new Error('no card');
      const asked = scene.discord.interact({ button, on: message, id: somebody() });
      await scene.discord.until(
        () => asked.callbacks.length > 0 && (asked.message !== message || asked.followUps.length > 0),
      );
      expect((asked.followUps[0] ?? asked.message)?.ephemeral).toBe(true);
    },
  );
});

describe('rights', () => {
  const manage = COMMANDS.find((command) => command.manage === true)?.name ?? '';
  it('come from the interaction itself', async () => {
    expect(textOf((await slash(manage)).message)).toContain('Not allowed');
    expect(textOf((await slash(manage, {}, { permissions: MANAGE_CHANNELS })).message)).not.toContain('Not allowed');
    expect(textOf((await slash(manage, {}, { guild: null, permissions: MANAGE_CHANNELS })).message)).toContain(
      'Not allowed',
    );
    const other = scene.discord.interact({
      command: manage,
      options: { channel: { channel: '5', permissions: '1024' } },
      permissions: MANAGE_CHANNELS,
      id: somebody(),
    });
    await scene.discord.answered(other);
    expect(textOf(other.message)).toContain('Not allowed');
  });

  it('are looked up for mentions', async () => {
    scene.discord.state.guilds.set(GUILD, {
      id: GUILD,
      owner_id: '1',
      roles: [
        { id: GUILD, permissions: '1024' },
        { id: '42', permissions: '32' },
      ],
    });
    expect(textOf(await replyTo({ content: `<@${scene.discord.botId}> /${manage}` }))).toContain('Not allowed');
    expect(textOf(await replyTo({ content: `<@${scene.discord.botId}> /${manage}`, roles: ['42'] }))).not.toContain(
      'Not allowed',
    );
    expect(textOf(await replyTo({ content: `/${manage}`, guild: null }))).toContain('Not allowed');
  });
});

describe('registration', () => {
  const digest = (name: string, manage: boolean) =>
    defineCommand({
      name,
      summary: 'x',
      args: {
        channel: { type: 'channel', description: 'Where' },
        time: { type: 'time', description: 'When', required: true },
        replace: { type: 'flag', description: 'Only one' },
      },
      serverOnly: true,
      manage,
      run: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    });
  const entry = (entries: readonly Entry[], name: string): Entry | undefined =>
    entries.find((candidate) => candidate.name === name);

  it('declares commands everywhere, those of a channel in servers only, with rights where all need them', () => {
    const entries = applicationCommands(
      [
        ...COMMANDS.filter((command) => !command.name.startsWith('digest')),
        digest('digest create', true),
        digest('digest delete', true),
      ],
      { global: true },
    );
    expect(entry(entries, 'coin')).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
    expect(entry(entries, 'coin')?.default_member_permissions).toBeUndefined();
    expect(entry(entries, 'Answer from FAQ')).toMatchObject({ type: 3, contexts: [0, 1, 2] });
    expect(entry(entries, 'faq-gaps')).toMatchObject({
      contexts: [0],
      integration_types: [0],
      default_member_permissions: 32,
    });
    expect(entry(entries, 'digest')).toMatchObject({
      contexts: [0],
      default_member_permissions: 16,
      options: [
        {
          name: 'create',
          type: 1,
          options: [
            { name: 'time', required: true },
            { name: 'channel', type: 7 },
            { name: 'replace', type: 5 },
          ],
        },
        { name: 'delete' },
      ],
    });
    expect(
      entry(
        applicationCommands([digest('digest list', false), digest('digest create', true)], { global: true }),
        'digest',
      )?.default_member_permissions,
    ).toBeUndefined();
    expect(entry(applicationCommands(COMMANDS, { global: false }), 'coin')).not.toHaveProperty('contexts');
  });

  it('names the command that breaks a limit', () => {
    const long = defineCommand({
      name: 'Bad Name!',
      summary: 'x'.repeat(101),
      args: {},
      run: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    });
    expect(() => applicationCommands([long], { global: true })).toThrow(/Bad/);
  });

  it('tells Discord all of it', () => {
    expect(scene.discord.state.commands.get('global')?.map((one) => (one as Entry).name)).toEqual(
      expect.arrayContaining(['coin', 'price', 'faq', 'Answer from FAQ']),
    );
  });
});
