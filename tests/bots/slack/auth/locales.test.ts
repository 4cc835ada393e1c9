// Numbers are read in the locale that Slack knows of a person, and written in it; thanks and remarks in passing get no card.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { assertClean, openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
const START = Date.UTC(2026, 8, 18, 12);
const clock = { offset: 0 };
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(async () => {
  assertClean(scene);
  clock.offset = 0;
  await scene.close();
});
afterAll(() => core.close());

/** One person may ask fifteen times at once, so there are several. */
const fake = {
  locales: {
    U0GERMAN: 'de-DE',
    U0BERLIN: 'de-DE',
    U0VIENNA: 'de-AT',
    U0FRENCH: 'fr-FR',
    U0SWISS: 'de-CH',
    U0INDIAN: 'en-IN',
  },
};
const open = () => openScene(core, { fake, bot: { now: () => START + clock.offset } });
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('’', "'");
const look = () =>
  scene.slack.space.calls.filter(({ method, args }) => method === 'users.info' && 'include_locale' in args);

it.each([
  ['U0GERMAN', '1.500 tao', '1.500 TAO in USD'],
  ['U0GERMAN', '1,5 tao', '1,5 TAO in USD'],
  ['U0FRENCH', '1 500,5 tao', '1 500,5 TAO in USD'],
  ['U0SWISS', "1'500.5 tao", "1'500.5 TAO in USD"],
  ['U0INDIAN', '1,50,000 tao', '1,50,000 TAO in USD'],
  ['U0ALICE', '1.5 tao', '1.5 TAO in USD'],
])('%s writes %s', async (user, text, title) => {
  scene = await open();
  const { slack } = scene;
  await slack.slash('/convert', text, { user });
  await slack.mention(`convert ${text}`, { user });
  await slack.dm(text, { user });
  for (const { text: shown } of await slack.waitFor(3)) expect(plain(shown)).toContain(title);
  expect(look()).toHaveLength(1); // the answer is kept
});

it('asks again after an hour', async () => {
  scene = await open();
  const { slack } = scene;
  await slack.slash('/price', 'tao', { user: 'U0BERLIN' });
  await slack.waitFor(1);
  clock.offset = 61 * 60_000;
  await slack.slash('/price', 'tao', { user: 'U0BERLIN' });
  await slack.waitFor(2);
  expect(look()).toHaveLength(2);
});

it('a workspace that does not say is answered in the default locale, and asked again after a minute', async () => {
  scene = await open();
  const { slack } = scene;
  slack.fault = ({ method }) => (method === 'users.info' ? { kind: 'error', error: 'missing_scope' } : null);
  for (let count = 1; count <= 2; count++) {
    await slack.slash('/convert', '1,5 tao', { user: 'U0VIENNA' });
    expect((await slack.waitFor(count)).at(-1)?.text).toContain('1.5 TAO in USD');
  }
  expect(look()).toHaveLength(1);
  slack.fault = null;
  clock.offset = 61_000;
  await slack.slash('/convert', '1,5 tao', { user: 'U0VIENNA' });
  expect((await slack.waitFor(3)).at(-1)?.text).toContain('1,5 TAO in USD');
});

it('asks for a hundred people of a workspace at once, as Slack allows, and for others when there is room again', async () => {
  scene = await open();
  const { slack } = scene;
  const ask = (person: number) => slack.slash('/price', 'tao', { user: `U0NEW${person}`, channel: `C0NEW${person}` });
  await Promise.all(Array.from({ length: 130 }, (_, person) => ask(person)));
  await slack.waitFor(130); // all are answered
  await slack.until(() => look().length >= 100); // slow ones after their answer
  expect(look()).toHaveLength(100);
  clock.offset = 600;
  await ask(131);
  await slack.waitFor(131);
  await slack.until(() => look().length > 100);
  expect(look()).toHaveLength(101);
});

it('"thanks!", "lol" and "yes" get nothing, the question after them an answer', async () => {
  scene = await open();
  const { slack } = scene;
  const user = 'U0ALICE';
  for (const text of ['thanks!', 'lol', 'yes 👍']) await slack.mention(text, { user, thread: '1700000000.000001' });
  await slack.dm('ok, thank you', { user: 'U0BOB' });
  await slack.mention('price tao', { user: 'U0CAROL' });
  await slack.waitFor(1);
  await scene.bot.stop(); // waits for all that is under way
  expect(slack.messages().map(({ text }) => text.split('\n')[0])).toEqual([expect.stringContaining('Bittensor price')]);
});
