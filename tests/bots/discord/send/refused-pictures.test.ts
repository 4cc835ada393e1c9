// A server whose uploads Discord limits, or a file that it does not take: the answer arrives in words, on every way that carries pictures.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { channelOf, target } from '../posting.ts';
import { type DiscordScene, openDiscordScene } from '../../../fakes/discord/scene.ts';
import type { FakeMessage } from '../../../fakes/discord/state.ts';
import { lookAt } from '../../../fakes/discord/look.ts';

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene();
});
afterEach(() => {
  scene.discord.faults.length = 0;
});
afterAll(() => scene.close());

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json; the first is only in the lists of clients. */
const REFUSALS = [
  ['uploads of the server are limited', 400, 400_001],
  ['the request is too large', 413, 40_005],
  ['the file is too large', 400, 50_045],
  ['the file is not valid', 400, 50_046],
] as const;

function refuseFiles(status: number, code: number): void {
  scene.discord.faults.push(({ body }) =>
    JSON.stringify(body).includes('attachment://') ? { answer: { status, body: { code, message: 'x' } } } : undefined,
  );
}

function expectWords(message: FakeMessage | null | undefined): void {
  expect(message?.files).toEqual([]);
  expect(lookAt(message?.body ?? {}).text).toContain('Bittensor');
}

it.each(REFUSALS)('%s (%d, %d): command, button, mention and scheduled post are answered in words', async (...how) => {
  const { discord, bot, core } = scene;
  refuseFiles(how[1], how[2]);
  const asked = discord.interact({ command: 'chart', options: { coin: 'tao' } });
  await discord.answered(asked);
  expectWords(asked.message);

  const on = asked.message;
  if (on === null) throw new Error('no answer');
  const pressed = discord.interact({ button: 'chart?coin=bittensor&range=30d', on });
  await discord.answered(pressed);
  expect(lookAt(on.body).text).toContain('30d');
  expectWords(on);

  const id = discord.message({ content: `<@${discord.botId}> chart tao` });
  const reply = () => discord.messages().find(({ replyTo }) => replyTo === id);
  await discord.until(() => reply() !== undefined, 'reply');
  expectWords(reply());

  const card = await core.dispatch({
    platform: 'discord',
    command: 'chart',
    args: { coin: 'tao' },
    user: { id: '1', canManage: false },
    place: { tenant: '-', channel: '0' },
    locale: 'en',
    via: 'command',
  });
  const channel = channelOf(how[2]);
  expect(await bot.post(target(channel), await bot.prepare(card), `key-${how[2]}`)).toMatchObject({ kind: 'sent' });
  expectWords(discord.messages(channel)[0]);
  expect(discord.state.refusals).toEqual([]);
});
