// The look for an earlier post: found among any number of later messages, and never "absent" by guess.
import { expect, it } from 'vitest';
import { MINUTE } from '../../../../src/base/clock.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/slack.ts';
import { openScenes, type Scene } from '../scene.ts';
import { openWithClock, prepared, target } from './digest-post.ts';

const scenes = openScenes();
let scene: Scene;

async function withClock(fake: FakeSlackOptions = {}) {
  const opened = await openWithClock(scenes.core, fake);
  scene = scenes.keep(opened.scene);
  return opened.clock;
}
const chatter = (count: number) => {
  const { space } = scene.slack;
  for (let i = 0; i < count; i++)
    space.add({ channel: 'C0AAA', ts: space.nextTs(), text: 'talk', blocks: [], via: 'people', sent: {} });
};
const reads = () => scene.slack.space.calls.filter(({ method }) => method === 'conversations.history').length;

it('finds a post with thousands of later messages by looking around the attempt only', async () => {
  const clock = await withClock();
  const since = clock.now();
  await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key-1');
  await clock.advance(10 * MINUTE);
  chatter(3000);
  expect(await scene.bot.find(target('C0AAA'), 'key-1', since, since + MINUTE)).toMatchObject({ kind: 'found' });
  expect(await scene.bot.find(target('C0AAA'), 'key-2', since, since + MINUTE)).toEqual({ kind: 'absent' });
  expect(reads()).toBe(2);
});

it('says that it cannot see rather than guess when there is more than it may read', async () => {
  const clock = await withClock();
  const since = clock.now();
  await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key-1');
  chatter(2000); // in the same minute
  expect(await scene.bot.find(target('C0AAA'), 'key-2', since)).toEqual({ kind: 'cannot-see' });
});

it('finds it where Slack gives 15 messages once a minute, in as many looks as that takes', async () => {
  const clock = await withClock({ distributed: true });
  const since = clock.now();
  await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key-1');
  chatter(40);
  const look = () => scene.bot.find(target('C0AAA'), 'key-1', since, since + MINUTE);
  for (let turn = 0; turn < 2; turn++) {
    await expect(look()).rejects.toThrow('rate'); // a passing fault: whoever asks may ask again
    await clock.advance(MINUTE);
  }
  expect(await look()).toMatchObject({ kind: 'found' });
});

it('begins anew once a look has ended: what was posted since is found', async () => {
  const clock = await withClock({ distributed: true });
  const since = clock.now();
  chatter(20);
  const look = () => scene.bot.find(target('C0AAA'), 'key-1', since, since + MINUTE);
  await expect(look()).rejects.toThrow('rate');
  await clock.advance(MINUTE);
  expect(await look()).toEqual({ kind: 'absent' });
  await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key-1');
  await clock.advance(MINUTE);
  expect(await look()).toMatchObject({ kind: 'found' });
});

it('asks for fewer messages where Slack refuses to give as many', async () => {
  scene = await scenes.open();
  const since = Date.now();
  await scene.bot.post(target('C0AAA'), await prepared(scene.bot), 'key-1');
  scene.slack.fault = ({ method, args }) =>
    method === 'conversations.history' && Number(args['limit']) > 15 ? { kind: 'error', error: 'invalid_limit' } : null;
  expect(await scene.bot.find(target('C0AAA'), 'key-1', since)).toMatchObject({ kind: 'found' });
});

it('never takes for absent what it may not see, or an answer that says nothing', async () => {
  scene = await scenes.open({ fake: { outside: ['C0OUT', 'C0HIDDEN'], private: ['C0HIDDEN'] } });
  for (const channel of ['C0OUT', 'C0HIDDEN'])
    expect(await scene.bot.find(target(channel), 'key', Date.now())).toEqual({ kind: 'cannot-see' });
});

it.each([
  ['conversations.open', 'user:U0A'],
  ['conversations.history', 'C0AAA'],
])('asks to be asked later while %s must wait', async (method, channel) => {
  scene = await scenes.open();
  scene.slack.fault = (call) => (call.method === method ? { kind: 'limited', seconds: 90 } : null);
  await expect(scene.bot.find(target(channel), 'key', Date.now())).rejects.toThrow(/rate/);
});
