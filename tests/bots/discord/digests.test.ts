// Digests by Discord's own means: subcommands, the channel option with its rights, confirmation by button, choices while typing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNEL, GUILD, MANAGE_CHANNELS } from '../../fakes/discord/events.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord/scene.ts';
import { ask, idsOf, replyTo, slash, somebody, textOf } from './people.ts';

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene();
});
afterAll(() => scene.close());

const MANAGER = { permissions: MANAGE_CHANNELS };
const OPTIONS = { time: '09:00', timezone: 'Europe/Berlin', coins: 'tao' };

describe('digests', () => {
  it('are previewed, confirmed by button, listed, and offered while typing', async () => {
    const draft = await slash(scene, 'digest create', OPTIONS, MANAGER);
    expect(draft.message?.ephemeral).toBe(true);
    expect(textOf(draft.message)).toContain('09:00');
    if (draft.message === null) throw new Error('no preview');
    const confirm = idsOf(draft.message.body).find((id) => id.includes('confirm=')) ?? '';
    const edits = draft.message.edits;
    scene.discord.interact({ button: confirm, on: draft.message, id: somebody(), ...MANAGER });
    await scene.discord.until(() => (draft.message?.edits ?? 0) > edits, 'confirmation');
    expect(textOf((await slash(scene, 'digest list')).message)).toContain('Europe/Berlin');
    const typing = await ask(scene, { complete: 'digest pause', arg: 'digest', text: '', ...MANAGER });
    expect(typing.choices).toHaveLength(1);
    expect(typing.choices?.[0]?.name).toContain('09:00');
    const zone = await ask(scene, {
      complete: 'digest create',
      arg: 'timezone',
      text: 'berl',
      options: { time: '09:00' },
    });
    expect(zone.choices?.map((choice) => choice.value)).toContain('Europe/Berlin');
    expect(scene.discord.state.refusals).toEqual([]);
  });

  it('are listed and managed from elsewhere by a manager who mentions the bot; for others there are only those here', async () => {
    scene.discord.world.guilds.set(GUILD, {
      id: GUILD,
      owner_id: '1',
      roles: [
        { id: GUILD, permissions: '1024' },
        { id: '42', permissions: MANAGE_CHANNELS },
      ],
    });
    const mention = { content: `<@${scene.discord.botId}> digest list`, channel: String(BigInt(CHANNEL) + 7n) };
    const say = async (words: string, roles: readonly string[] = []) =>
      textOf(await replyTo(scene, { ...mention, content: `<@${scene.discord.botId}> ${words}`, roles }));
    expect(await say('digest list')).toContain('No digests here yet');
    expect(await say('digest list everywhere')).toContain('Not allowed');
    expect(await say('digest list everywhere', ['42'])).toContain(`<#${CHANNEL}>`);
    const id = (await scene.core.database.sql.selectFrom('subscription').select('id').executeTakeFirstOrThrow()).id;
    scene.discord.world.channels.set(CHANNEL, {
      id: CHANNEL,
      type: 0,
      guild_id: GUILD,
      permission_overwrites: [{ id: '42', type: 0, allow: '0', deny: MANAGE_CHANNELS }],
    });
    expect(await say(`digest pause ${id}`, ['42'])).toContain('another channel');
    scene.discord.world.channels.set(CHANNEL, { id: CHANNEL, type: 0, guild_id: GUILD });
    expect(await say(`digest pause ${id}`, ['42'])).toContain('paused');
    expect(await say(`digest resume ${id}`, ['42'])).toContain('Digest resumed');
  });

  it('need the right over the channel, also over the one that is named', async () => {
    expect(textOf((await slash(scene, 'digest create', OPTIONS)).message)).toContain('Not allowed');
    const other = { channel: { channel: String(BigInt(CHANNEL) + 1n), permissions: '3072' } };
    expect(textOf((await slash(scene, 'digest create', { ...OPTIONS, ...other }, MANAGER)).message)).toContain(
      'Not allowed',
    );
  });

  it.each(['25:00', '9am or so', '-1:30', '@everyone', '[x](https://evil.example)'])(
    'a time like %j is refused with an example',
    async (time) => {
      expect(textOf((await slash(scene, 'digest create', { ...OPTIONS, time }, MANAGER)).message)).not.toContain(
        'starts when you confirm',
      );
      expect(scene.discord.state.refusals).toEqual([]);
    },
  );

  it.each(['Mars/Phobos', '../../etc/passwd', '__proto__'])('a zone like %j is refused', async (timezone) => {
    expect(textOf((await slash(scene, 'digest create', { ...OPTIONS, timezone }, MANAGER)).message)).not.toContain(
      'starts when you confirm',
    );
    expect(scene.discord.state.refusals).toEqual([]);
  });
});
