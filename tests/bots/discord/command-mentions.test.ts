// Commands in texts are mentions that fill in the command when pressed: by the ids that Discord told this process, plain text without them.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDiscordBot } from '../../../src/bots/discord/bot.ts';
import { flatten } from '../../fakes/discord/rest/check.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord/scene.ts';
import { slash, textOf } from './people.ts';

let scene: DiscordScene;
beforeEach(async () => {
  scene = await openDiscordScene();
});
afterEach(() => scene.close());

const idOf = (name: string): string => {
  const entries = scene.discord.state.commands.get('global') as { name: string; type: number; id: string }[];
  return entries.find((entry) => entry.name === name && entry.type === 1)?.id ?? 'no id';
};
const help = async (): Promise<string> => {
  const { message } = await slash(scene, 'help');
  return flatten(message?.body.components ?? [])
    .map(({ content = '' }) => content)
    .join('\n');
};
/** The next process with the same store, in the place of the first. */
async function restarted(): Promise<void> {
  const second = createDiscordBot(scene.options);
  await scene.bot.stop();
  await second.start();
  scene.bot = second;
  await scene.discord.until(() => second.health().connected, 'the next process');
}

it('with the ids of the registration, subcommands by that of their group, arguments behind', async () => {
  const content = await help();
  expect(content).toContain(`</coin:${idOf('coin')}>`);
  expect(content).toContain(`</alert create:${idOf('alert')}>`);
  expect(content).not.toContain('`/');
  const hint = (await slash(scene, 'compare', { coins: 'tao' })).message;
  expect(textOf(hint)).toContain('/compare tao near render 30d');
  expect(JSON.stringify(hint?.body)).toContain(`</compare:${idOf('compare')}> \`tao near render 30d\``);
  expect(scene.discord.state.refusals).toEqual([]);
});

it('after a restart, too, when nothing is registered again', async () => {
  await restarted();
  await scene.discord.until(() => scene.discord.count('GET', /\/commands$/) === 1, 'the ids are asked for');
  await expect.poll(help).toContain(`</coin:${idOf('coin')}>`);
  expect(scene.discord.count('PUT', /\/commands$/)).toBe(1);
});

it('as plain text while the ids are not known', async () => {
  scene.discord.faults.push(({ method, path }) =>
    method === 'GET' && path.endsWith('/commands')
      ? { answer: { status: 200, json: [{ name: 'coin' }, null] } }
      : undefined,
  );
  await restarted();
  await scene.discord.until(() => scene.discord.count('GET', /\/commands$/) === 1, 'the ids are asked for');
  const content = await help();
  expect(content).toContain('`/coin` `/price` `/chart`');
  expect(content).not.toContain('</');
});
