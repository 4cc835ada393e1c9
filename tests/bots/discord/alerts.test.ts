// Alerts by Discord's own means: made in a form, private, and offered while typing to whoever made them.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHANNEL, MANAGE_CHANNELS } from '../../fakes/discord/events.ts';
import { BITS } from '../../fakes/discord/permissions.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord/scene.ts';
import { ask, slash, somebody, textOf } from './people.ts';

let scene: DiscordScene;
beforeAll(async () => {
  scene = await openDiscordScene();
});
afterAll(() => scene.close());

const choicesFor = async (id: string, text = ''): Promise<readonly { name: string; value: string }[]> =>
  (await ask(scene, { complete: 'alert pause', arg: 'alert', text, id })).choices ?? [];

it('an alert is confirmed to its owner alone, and offered by what it watches to nobody else', async () => {
  const owner = somebody();
  const made = await slash(scene, 'alert create', { target: 'tao', condition: 'above 300' }, { id: owner });
  expect(made.message?.ephemeral).toBe(true);
  expect(textOf(made.message)).toContain('TAO above $300.00');
  const [choice, ...more] = await choicesFor(owner);
  expect(choice?.name).toBe('1 · TAO above $300.00');
  expect(more).toEqual([]);
  expect(await choicesFor(owner, 'near')).toEqual([]);
  expect(await choicesFor(somebody())).toEqual([]);
  const paused = await slash(scene, 'alert pause', { alert: choice?.value ?? '' }, { id: owner });
  expect(textOf(paused.message)).toContain('Alert paused');
  expect(scene.discord.state.refusals).toEqual([]);
});

it('an alert into a channel is refused where the bot cannot post, with the remedy', async () => {
  const channel = { channel: CHANNEL, permissions: MANAGE_CHANNELS };
  const wish = { target: 'tao', condition: 'above 400', channel };
  scene.discord.world.deny(CHANNEL, BITS.sendMessages);
  const create = async () =>
    textOf((await slash(scene, 'alert create', wish, { id: somebody(), permissions: MANAGE_CHANNELS })).message);
  expect(await create()).toContain('I need Send Messages');
  scene.discord.world.deny(CHANNEL, 0n);
  expect(await create()).toContain('TAO above $400.00');
});

it('an alert of a channel starts again only where the bot can post', async () => {
  const asker = { id: somebody(), permissions: MANAGE_CHANNELS };
  const channel = { channel: CHANNEL, permissions: MANAGE_CHANNELS };
  await slash(scene, 'alert create', { target: 'tao', condition: 'above 450', channel }, asker);
  const [choice] = await choicesFor(asker.id, '450');
  const resume = async () =>
    textOf((await slash(scene, 'alert resume', { alert: choice?.value ?? '' }, asker)).message);
  scene.discord.world.deny(CHANNEL, BITS.sendMessages);
  expect(await resume()).toContain('I need Send Messages');
  scene.discord.world.deny(CHANNEL, 0n);
  expect(await resume()).toContain('Alert resumed');
});
