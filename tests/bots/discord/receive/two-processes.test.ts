// Two processes with one token and one database: each event is answered once, each press has one effect, and the store may hang.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordBot, type DiscordOptions } from '../../../../src/bots/discord/bot.ts';
import { CHANNEL, MANAGE_CHANNELS } from '../../../fakes/discord/events.ts';
import { botOptions, type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import type { FakeMessage } from '../../../fakes/discord/state.ts';
import { idsOf, slash, somebody, textOf } from '../people.ts';

let scene: DiscordScene;
const closing: (() => Promise<void>)[] = [];
beforeEach(async () => {
  scene = await openDiscordScene();
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await scene.close();
});

/** Another process: it hears every event as well, over a session of its own. */
async function second(changes: Partial<DiscordOptions> = {}) {
  const bot = createDiscordBot(botOptions(scene.core, scene.discord, changes));
  await bot.start();
  closing.push(() => bot.stop());
  await scene.discord.until(() => bot.health().connected);
  return bot;
}

const MANAGER = { permissions: MANAGE_CHANNELS };
const digests = () =>
  scene.core.services.digests.list({ platform: 'discord', tenant: '700000000000000000', channel: CHANNEL });

/** Both sessions get the event, as two processes do. */
const both = { toAll: true } as const;

async function makeDigest(time: string): Promise<void> {
  const { message } = await slash(scene, 'digest create', { time, timezone: 'UTC' }, MANAGER);
  const confirm = idsOf(message?.body ?? {}).find((id) => id.includes('confirm=')) ?? '';
  const pressed = scene.discord.interact({ button: confirm, on: message as FakeMessage, id: somebody(), ...MANAGER });
  await scene.discord.until(() => !Number.isNaN(pressed.answerMs));
}

describe('two processes', () => {
  it('delete one digest for one command', async () => {
    for (const time of ['09:00', '10:00', '11:00']) await makeDigest(time);
    expect(await digests()).toHaveLength(3);
    await second();
    const asked = scene.discord.interact({
      command: 'digest delete',
      options: { digest: (await digests())[0]?.id ?? '' },
      id: somebody(),
      ...MANAGER,
      ...both,
    });
    await scene.discord.answered(asked);
    await scene.bot.stop();
    expect(await digests()).toHaveLength(2);
    expect(asked.refused).toEqual([]);
  });

  it('count one vote, and answer a mention once', async () => {
    await second();
    await scene.core.services.content.search.prepare(); // the first question loads the model
    const { message } = await slash(scene, 'faq', { question: 'what is bittensor' });
    const vote = idsOf(message?.body ?? {}).find((id) => id.includes('vote=yes')) ?? '';
    const pressed = scene.discord.interact({ button: vote, on: message as FakeMessage, id: somebody(), ...both });
    await scene.discord.until(() => textOf(message).includes('Thank you'));
    scene.discord.message({ content: `<@${scene.discord.botId}> help`, id: somebody(), ...both });
    await scene.discord.until(() => scene.discord.messages(CHANNEL).length > 0);
    await scene.bot.stop();
    const votes = await scene.core.database.sql.selectFrom('vote').select('useful').execute();
    expect(votes.map(({ useful }) => useful)).toEqual([1]);
    expect(scene.discord.count('POST', /\/channels\/\d+\/messages$/)).toBe(1);
    expect(pressed.refused).toEqual([]);
  });

  it('do nothing before the platform took an acknowledgement while the store hangs', async () => {
    for (const time of ['09:00', '10:00', '11:00']) await makeDigest(time);
    await scene.bot.stop();
    const hangs = { seen: () => new Promise<boolean>(() => undefined) };
    const bots = [await second({ seenKeys: hangs }), await second({ seenKeys: hangs })];
    const asked = scene.discord.interact({
      command: 'digest delete',
      options: { digest: (await digests())[0]?.id ?? '' },
      id: somebody(),
      ...MANAGER,
      ...both,
    });
    await scene.discord.answered(asked);
    await Promise.all(bots.map((bot) => bot.stop()));
    expect(await digests()).toHaveLength(2);
    expect(asked.refused).toEqual([40_060]); // the other one asked and was told
  });
});

it('a label that came instead of its value is understood', async () => {
  for (const time of ['09:00', '10:00']) await makeDigest(time);
  const typing = scene.discord.interact({
    complete: 'digest pause',
    arg: 'digest',
    text: '',
    id: somebody(),
    ...MANAGER,
  });
  await scene.discord.answered(typing);
  const label = typing.choices?.[1]?.name ?? '';
  const answer = await slash(scene, 'digest pause', { digest: label }, MANAGER);
  expect(textOf(answer.message)).toContain('Digest paused');
  expect((await digests()).map(({ status }) => status)).toEqual(['active', 'paused']);
});
