// Workspaces that Slack's newer blocks have not reached still get the card, with a picture of the chart.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import { renderCard } from '../../../../src/bots/slack/render/render.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { hasty, openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => scene.close());
afterAll(() => core.close());

const types = (blocks: readonly Record<string, unknown>[]) => blocks.map((block) => block['type']);
const tried = () =>
  scene.slack.space.calls.filter(({ args }) => JSON.stringify(args['blocks'] ?? '').includes('data_visualization'))
    .length;

it('sends a picture instead, remembers the workspace, also over a restart', async () => {
  scene = await openScene(core, {
    fake: { dataVisualization: false, dataTable: false, team: 'T0PLAIN', fileDelay: 2 },
    bot: { sleep: hasty },
  });
  const { slack } = scene;
  await slack.mention('coin tao', { user: 'U0ONE' });
  const [card] = await slack.waitFor(1);
  expect(types(card?.blocks ?? [])).toContain('image');
  const image = card?.blocks.find((block) => block['type'] === 'image');
  expect(image?.['alt_text']).toContain('past 7 days');
  expect([...slack.space.files.values()][0]).toMatchObject({ png: true, complete: true });
  expect(card?.text).toContain('$250.28');
  expect(tried()).toBe(1);
  await scene.bot.stop();
  await scene.restart();
  await slack.mention('coin near', { user: 'U0TWO' });
  await slack.waitFor(2);
  expect(types(slack.messages()[1]?.blocks ?? [])).toContain('image');
  expect(tried()).toBe(1);
});

it('does so for slash commands and buttons, too', async () => {
  scene = await openScene(core, { fake: { dataVisualization: false, team: 'T0PLAIN2' } });
  const { slack } = scene;
  await slack.slash('/coin', 'tao', { user: 'U0ONE' });
  const [card] = await slack.waitFor(1);
  if (card === undefined) throw new Error('no card');
  expect(types(card.blocks)).toContain('image');
  await slack.press(card, '30d', { user: 'U0TWO' });
  await slack.until(() => card.edits === 1);
  expect(types(card.blocks)).toContain('image');
  expect(card.text).toContain('30 days');
});

it('keeps the words where even a picture is impossible', async () => {
  scene = await openScene(core, { fake: { dataVisualization: false, team: 'T0PLAIN3', outside: ['C0OUTSIDE'] } });
  const { slack } = scene;
  await slack.slash('/coin', 'tao', { user: 'U0ONE', channel: 'C0OUTSIDE' });
  const [card] = await slack.waitFor(1);
  expect(card?.via).toBe('response_url');
  expect(types(card?.blocks ?? [])).not.toContain('image');
  expect(JSON.stringify(card?.blocks)).toContain('past 7 days');
});

it('uses the public address of the picture where there is one', async () => {
  scene = await openScene(core, {
    fake: { dataVisualization: false, team: 'T0PLAIN4' },
    bot: { defaults: { locale: 'en', timeZone: 'UTC', publicUrl: 'https://tao.example' } },
  });
  const { slack } = scene;
  await slack.slash('/coin', 'tao', { user: 'U0ONE' });
  const [card] = await slack.waitFor(1);
  expect(JSON.stringify(card?.blocks)).toContain('https://tao.example/charts/bittensor.png?');
  expect(slack.space.files.size).toBe(0);
});

it('does not blame the chart when Slack refuses the message for another reason', async () => {
  scene = await openScene(core, { fake: { team: 'T0OTHER' }, bot: { sleep: hasty } });
  const { slack } = scene;
  let refusals = 0;
  slack.fault = (call) =>
    call.method === 'chat.postMessage' &&
    call.args['blocks'] !== undefined &&
    JSON.stringify(call.args['blocks']) !== '[]'
      ? (refusals++, { kind: 'error', error: 'invalid_blocks' })
      : null;
  await slack.mention('coin tao', { user: 'U0ONE' });
  const [card] = await slack.waitFor(1);
  expect(card?.blocks).toEqual([]); // the words alone
  expect(card?.text).toContain('$250.28');
  slack.fault = null;
  await slack.mention('coin tao', { user: 'U0TWO' });
  await slack.waitFor(2);
  expect(types(slack.messages()[1]?.blocks ?? [])).toContain('data_visualization');
  expect(refusals).toBeGreaterThan(1);
});

it('shortens prose visibly and refuses what cannot fit', () => {
  const card = (blocks: Card['blocks']): Card => ({ kind: 'faq', outcome: 'ok', tone: 'info', title: 'T', blocks });
  const long = renderCard(card(Array.from({ length: 20 }, () => ({ kind: 'text', spans: ['word '.repeat(800)] }))));
  expect(JSON.stringify(long.blocks).length).toBeLessThanOrEqual(13_200);
  expect(JSON.stringify(long.blocks)).toContain('…');
  expect(long.text.length).toBeLessThanOrEqual(3500);
  expect(() => renderCard(card(Array.from({ length: 60 }, () => ({ kind: 'text', spans: ['x'] }))))).toThrow('blocks');
  scene = { close: () => Promise.resolve() } as Scene;
});
