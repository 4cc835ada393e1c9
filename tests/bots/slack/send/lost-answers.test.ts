// Answers that Slack loses or puts off: repeated where that does no harm, looked for or told privately where it does.
import { expect, it } from 'vitest';
import type { SlackFault } from '../../../fakes/slack/slack.ts';
import { hasty, openScenes, type Scene } from '../scene.ts';
import { openWithClock } from './digest-post.ts';

const scenes = openScenes();
let scene: Scene;

async function withClock() {
  const opened = await openWithClock(scenes.core);
  scene = scenes.keep(opened.scene);
  return opened.clock;
}

it.each<[string, SlackFault]>([
  ['lost', { kind: 'reset', commit: false }],
  ['a fault of Slack', { kind: 'status', status: 502, commit: false }],
])('repeats a private answer whose response address is %s', async (_name, fault) => {
  scene = await scenes.open({ bot: { sleep: hasty } });
  const { slack } = scene;
  let faults = 0;
  slack.fault = ({ method }) => (method === 'response_url' && faults++ < 2 ? fault : null);
  await slack.slash('/coin', 'nosuchcoin', { user: 'U0PRIVATE' });
  const answers = await slack.waitFor(1);
  expect(answers).toMatchObject([{ ephemeralFor: 'U0PRIVATE', via: 'response_url' }]);
  expect(answers[0]?.text).not.toContain('did not confirm'); // there is nothing to be unsure about
});

it('says a private answer by the Web API when the response address stays broken', async () => {
  scene = await scenes.open({ bot: { sleep: hasty } });
  const { slack } = scene;
  slack.fault = ({ method }) => (method === 'response_url' ? { kind: 'status', status: 503, commit: false } : null);
  await slack.slash('/coin', 'nosuchcoin', { user: 'U0PRIVATE' });
  expect(await slack.waitFor(1)).toMatchObject([{ ephemeralFor: 'U0PRIVATE', via: 'chat.postEphemeral' }]);
});

it.each<[string, boolean, boolean]>([
  ['arrived, where history may be read', true, true],
  ['arrived, where nobody may look', true, false],
  ['did not arrive', false, true],
])('tells a public answer privately unless it is found: it %s', async (_name, commit, history) => {
  scene = await scenes.open({ fake: { history }, bot: { sleep: hasty } });
  const { slack } = scene;
  let faults = 0;
  slack.fault = ({ method }) =>
    method === 'response_url' && faults++ === 0 ? { kind: 'status', status: 502, commit } : null;
  await slack.slash('/price', 'tao', { user: 'U0PUBLIC' });
  await slack.waitFor(commit && !history ? 2 : 1);
  await scene.bot.stop();
  const shown = slack.messages().map(({ ephemeralFor }) => (ephemeralFor === undefined ? 'public' : 'private'));
  expect(shown).toEqual([...(commit ? ['public'] : []), ...(commit && history ? [] : ['private'])]);
  if (shown.includes('private')) expect(slack.messages().at(-1)?.text).toContain('did not confirm');
  expect(scene.counts.get('slack_reply_announced') ?? 0).toBe(shown.includes('private') ? 1 : 0);
});

it('a lost answer of a response address makes no second message', async () => {
  scene = await scenes.open({ bot: { sleep: hasty } });
  const { slack } = scene;
  slack.fault = (call) => (call.method === 'response_url' ? { kind: 'status', status: 502, commit: true } : null);
  await slack.slash('/price', 'tao', { user: 'U0ONE' });
  await slack.waitFor(1);
  await scene.bot.stop();
  expect(slack.messages()).toHaveLength(1);
});

it('waits as long as a response address says', async () => {
  const clock = await withClock();
  clock.freeMs = 0;
  const { slack } = scene;
  let limited = 1;
  slack.fault = ({ method }) => (method === 'response_url' && limited-- > 0 ? { kind: 'limited', seconds: 7 } : null);
  await slack.slash('/price', 'tao', { user: 'U0WAIT' });
  await slack.until(() => clock.waits().includes(7000));
  await clock.advance(6999);
  expect(slack.messages()).toEqual([]);
  await clock.advance(1);
  await slack.waitFor(1);
});

it('does not drop a mention that Slack tells to wait again and again', async () => {
  const clock = await withClock();
  const { slack } = scene;
  let limited = 4;
  slack.fault = ({ method }) =>
    method === 'chat.postMessage' && limited-- > 0 ? { kind: 'limited', seconds: 3 } : null;
  await slack.mention('price tao', { user: 'U0PATIENT' });
  await slack.waitFor(1);
  expect(clock.waits().filter((ms) => ms === 3000)).toHaveLength(4);
});

it('publishes the Home tab again after a fault', async () => {
  scene = await scenes.open({ bot: { sleep: hasty } });
  const { slack } = scene;
  let faults = 0;
  slack.fault = ({ method }) =>
    method === 'views.publish' && faults++ < 2 ? { kind: 'status', status: 500, commit: false } : null;
  await slack.home('U0HOME');
  await slack.until(() => slack.space.views.has('U0HOME'));
  expect(faults).toBe(3);
});
