// Buttons and menus edit in place, also later and after a restart; rights are those of the moment.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../../src/app/commands/index.ts';
import { createDiscordBot } from '../../../../src/bots/discord/bot.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { GUILD, MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import { idsOf, replyTo, slash, somebody, textOf } from '../people.ts';

let scene: DiscordScene;
beforeAll(async () => {
  const { now, sleep } = createTestClock({ freeMs: 100 }); // answers come whole, however long a picture takes
  scene = await openDiscordScene({ bot: { now, sleep } });
});
afterAll(() => scene.close());

describe('controls', () => {
  it('range, section, refresh and related coin edit the message in place, also after a restart', async () => {
    const { message } = await slash(scene, 'coin', { coin: 'tao' });
    if (message === null) throw new Error('no card');
    const before = scene.discord.messages().length;
    const press = async (match: RegExp, kind: 'button' | 'menu'): Promise<void> => {
      const id = idsOf(message.body).find((candidate) => match.test(candidate)) ?? '';
      const edits = message.edits;
      const person = { id: somebody(), on: message };
      const asked = scene.discord.interact(kind === 'button' ? { ...person, button: id } : { ...person, menu: id });
      await scene.discord.until(() => message.edits > edits, `edit by ${id}`);
      expect(asked.callbacks).toEqual([7]);
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
    const { message } = await slash(scene, 'coin', { coin: 'tao' });
    if (message === null) throw new Error('no card');
    const asked = scene.discord.interact({ button: 'coin?coin=no-such-coin-at-all', on: message, id: somebody() });
    await scene.discord.until(
      () => asked.callbacks.length > 0 && (asked.message !== message || asked.followUps.length > 0),
    );
    const aside = asked.followUps[0] ?? asked.message;
    expect(aside?.ephemeral).toBe(true);
    expect(textOf(message)).toContain('Bittensor');
  });

  it('a press that fails leaves a private card as it is, too', async () => {
    const { message } = await slash(scene, 'help', {});
    if (message === null) throw new Error('no card');
    expect(message.ephemeral).toBe(true);
    const before = textOf(message);
    const asked = scene.discord.interact({ button: 'coin?coin=no-such-coin-at-all', on: message, id: somebody() });
    await scene.discord.until(
      () => asked.callbacks.length > 0 && (asked.message !== message || asked.followUps.length > 0),
    );
    expect((asked.followUps[0] ?? asked.message)?.ephemeral).toBe(true);
    expect(textOf(message)).toBe(before);
  });

  it.each(['', 'x'.repeat(100), 'nonsense?', 'coin?coin=%00', 'digest delete?id=1'])(
    'an unknown control is refused quietly: %j',
    async (button) => {
      const { message } = await slash(scene, 'price', { coins: 'tao' });
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
    expect(textOf((await slash(scene, manage)).message)).toContain('Not allowed');
    expect(textOf((await slash(scene, manage, {}, { permissions: MANAGE_CHANNELS })).message)).not.toContain(
      'Not allowed',
    );
    expect(textOf((await slash(scene, manage, {}, { guild: null, permissions: MANAGE_CHANNELS })).message)).toContain(
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
    scene.discord.world.guilds.set(GUILD, {
      id: GUILD,
      owner_id: '1',
      roles: [
        { id: GUILD, permissions: '1024' },
        { id: '42', permissions: '32' },
      ],
    });
    expect(textOf(await replyTo(scene, { content: `<@${scene.discord.botId}> /${manage}` }))).toContain('Not allowed');
    expect(
      textOf(await replyTo(scene, { content: `<@${scene.discord.botId}> /${manage}`, roles: ['42'] })),
    ).not.toContain('Not allowed');
    expect(textOf(await replyTo(scene, { content: `/${manage}`, guild: null }))).toContain('Not allowed');
  });
});
