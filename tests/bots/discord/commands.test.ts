// Every command as slash command, by mention, reply and direct message, with autocomplete.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { lookAt } from '../../fakes/discord/look.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord/scene.ts';
import { replyTo, slash, somebody, textOf } from './people.ts';

const ARGS: Record<string, Record<string, string>> = {
  coin: { coin: 'tao' },
  price: { coins: 'tao, near' },
  chart: { coin: 'tao' },
  compare: { coins: 'tao near' },
  convert: { amount: '2.5', from: 'tao', to: 'usd' },
  faq: { question: 'when is the next halving?' },
  subnet: { subnet: '64' },
};

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene();
});
afterAll(() => scene.close());

const asksAnything = COMMANDS.filter((command) => command.manage !== true && !command.name.startsWith('digest'));

describe('asking', () => {
  it.each(asksAnything.map((command) => command.name))('/%s answers as slash command', async (name) => {
    const asked = await slash(scene, name, ARGS[name] ?? {});
    expect(asked.message?.ephemeral).toBe(COMMANDS.find((command) => command.name === name)?.private === true);
    expect(textOf(asked.message).length).toBeGreaterThan(20);
    expect(scene.discord.state.refusals).toEqual([]);
  });

  it.each(asksAnything.map((command) => command.name))(
    '%s answers by mention and in a direct message',
    async (name) => {
      const words = `${name} ${Object.values(ARGS[name] ?? {}).join(' ')}`.trim();
      const byMention = await replyTo(scene, { content: `<@${scene.discord.botId}> ${words}` });
      const byMessage = await replyTo(scene, { content: words, guild: null, channel: '710000000000000099' });
      expect(textOf(byMention).split('\n')[0]).toBe(textOf(byMessage).split('\n')[0]);
      expect(textOf(byMention).length).toBeGreaterThan(20);
      expect(scene.discord.state.refusals).toEqual([]);
    },
  );

  it('a reply to the bot is a question, a plain message is not, and bots never get an answer', async () => {
    const first = await replyTo(scene, { content: `<@${scene.discord.botId}> price tao` });
    if (first === undefined) throw new Error('no first answer');
    expect(textOf(await replyTo(scene, { content: 'what is a subnet?', repliesTo: first }))).toContain('ubnet');
    const before = scene.discord.messages().length;
    scene.discord.message({ content: 'price tao' });
    scene.discord.message({ content: `<@${scene.discord.botId}> price tao`, bot: true });
    scene.discord.message({ content: `<@${scene.discord.botId}> price tao`, webhook: true });
    scene.discord.message({ content: '@everyone price tao' });
    await replyTo(scene, { content: `<@${scene.discord.botId}> price near` });
    expect(scene.discord.messages()).toHaveLength(before + 1);
  });

  it.each(['', ' <@123456789012345678>', ' 👋'])(
    'a mention with no words (%j) calls the bot, which says what it can do',
    async (more) => {
      const reply = await replyTo(scene, { content: `<@${scene.discord.botId}>${more}` });
      expect(textOf(reply)).toContain('Hi, I am taobot');
    },
  );

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

  it('"Answer from FAQ" on a message without words says so to the asker alone', async () => {
    const asked = scene.discord.interact({ messageCommand: 'Answer from FAQ', content: '', id: somebody() });
    await scene.discord.answered(asked);
    const shown = asked.followUps[0] ?? asked.message; // an answer that took its time comes as a message of its own
    expect(textOf(shown)).toContain('no words');
    expect(shown?.ephemeral).toBe(true);
  });

  it('thanks and remarks in passing get nothing, the question after them an answer', async () => {
    const { discord } = scene;
    const before = discord.messages().length;
    for (const content of ['thanks!', 'lol', 'yes', '👍'])
      discord.message({ id: somebody(), content: `<@${discord.botId}> ${content}` });
    await replyTo(scene, { content: `<@${discord.botId}> price near` });
    expect(discord.messages()).toHaveLength(before + 1);
  });

  it.each([
    [{ coins: 'tao cad' }, 'Bittensor price', 'CA$', null],
    [{ coins: 'btc eth brl' }, 'Prices', 'R$', null],
    [{ coins: 'internet computer, tao in eur' }, 'Prices', '€', null],
    [{ coins: 'TAO · Bittensor · #16' }, 'Bittensor price', '$250.28', null],
    [{ coins: 'tao cad', currency: 'eur' }, 'Bittensor price', '€', 'I left out "cad"'],
    [{ coins: 'tao qqqqzz' }, 'Bittensor price', 'unknown coin', null],
  ] as const)('a field for coins is read like words: %j', async (options, title, words, remark) => {
    const text = textOf((await slash(scene, 'price', options)).message);
    expect(text).toContain(title);
    expect(text).toContain(words);
    if (remark !== null) expect(text).toContain(remark);
  });

  it('numbers in a field are read like words', async () => {
    const options = { amount: '$400', from: 'tao' };
    expect(textOf((await slash(scene, 'convert', options)).message)).toContain('$400.00 in TAO');
    const german = { amount: '1.500', from: 'tao' };
    expect(textOf((await slash(scene, 'convert', german, { locale: 'de' })).message)).toContain('1.500 TAO in USD');
  });

  it('numbers and dates follow the locale of the user; a made-up one means English', async () => {
    expect(textOf((await slash(scene, 'coin', { coin: 'tao' }, { locale: 'de' })).message)).toContain('250,28');
    expect(textOf((await slash(scene, 'coin', { coin: 'tao' }, { locale: 'xx-INVALID' })).message)).toContain(
      '$250.28',
    );
  });

  it('ages are moments that the client keeps current; the source is linked', async () => {
    const asked = await slash(scene, 'price', { coins: 'tao' });
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
