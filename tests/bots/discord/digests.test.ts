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
    await scene.discord.until(() => (draft.message?.edits ?? 0) > edits, 5000, 'confirmation');
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

  it('are listed for a manager who mentions the bot elsewhere, also those of other channels; for others only those here', async () => {
    scene.discord.world.guilds.set(GUILD, {
      id: GUILD,
      owner_id: '1',
      roles: [
        { id: GUILD, permissions: '1024' },
        { id: '42', permissions: MANAGE_CHANNELS },
      ],
    });
    const mention = { content: `<@${scene.discord.botId}> digest list`, channel: String(BigInt(CHANNEL) + 7n) };
    expect(textOf(await replyTo(scene, mention))).toContain('No digests here yet');
    expect(textOf(await replyTo(scene, { ...mention, roles: ['42'] }))).toContain('TAO');
  });

  it('need the right over the channel, also over the one that is named', async () => {
    expect(textOf((await slash(scene, 'digest create', OPTIONS)).message)).toContain('Not allowed');
    const other = { channel: { channel: String(BigInt(CHANNEL) + 1n), permissions: '3072' } };
    expect(textOf((await slash(scene, 'digest create', { ...OPTIONS, ...other }, MANAGER)).message)).toContain(
      'Not allowed',
    );
  });

  it.each(['25:00', '9am or so', '-1:30', '@everyone', '[x](https://evil.example)'])(
    'S21: a time like %j is refused with an example',
    async (time) => {
      expect(textOf((await slash(scene, 'digest create', { ...OPTIONS, time }, MANAGER)).message)).not.toContain(
        'starts when you confirm',
      );
      expect(scene.discord.state.refusals).toEqual([]);
    },
  );

  it.each(['Mars/Phobos', '../../etc/passwd', '__proto__'])('S22: a zone like %j is refused', async (timezone) => {
    expect(textOf((await slash(scene, 'digest create', { ...OPTIONS, timezone }, MANAGER)).message)).not.toContain(
      'starts when you confirm',
    );
    expect(scene.discord.state.refusals).toEqual([]);
  });
});
