// The Home tab of the Slack app: what stands there for whom, and that it costs nobody a question.
import { expect, it } from 'vitest';
import type { DigestsOf } from '../../../../src/bots/slack/receive/home-tab.ts';
import { homeView } from '../../../fakes/slack/home-view.ts';
import { openScenes, type Scene } from '../scene.ts';

const scenes = openScenes();
let scene: Scene;

it('fills the Home tab: how to start, price with age, coin search; answers presses there', async () => {
  scene = await scenes.open({
    fake: { admins: ['U0ADMIN'] },
    bot: {
      digestsOf: (_tenant, user) =>
        Promise.resolve(
          user.canManage ? { kind: 'digests', outcome: 'ok', tone: 'info', title: 'Digests here', blocks: [] } : null,
        ),
    },
  });
  const { slack } = scene;
  await slack.home('U0ADMIN');
  await slack.until(() => slack.space.views.has('U0ADMIN'));
  const home = JSON.stringify(slack.space.views.get('U0ADMIN'));
  for (const words of ['Hi, I am taobot', '$250.28', 'updated', 'external_select', 'Digests here'])
    expect(home).toContain(words);
  await slack.home('U0ALICE');
  await slack.until(() => slack.space.views.has('U0ALICE'));
  expect(JSON.stringify(slack.space.views.get('U0ALICE'))).not.toContain('Digests here');
  await slack.home('U0ALICE', 'messages');
  await slack.until(() => slack.space.prompts.length === 1);
  expect(JSON.stringify(slack.space.prompts[0])).toContain('What is Bittensor?');
});

it('shows a coin card with its overflow menu among the other controls of the tab', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  const home = homeView(slack, 'U0ALICE');
  await slack.home('U0ALICE');
  await slack.until(() => slack.space.views.has('U0ALICE'));
  await home.press('TAO details');
  await slack.until(() => slack.space.calls.filter(({ method }) => method === 'views.publish').length === 2);
  await scene.bot.stop(); // finishes all that is under way
  expect(home.text()).toContain('"overflow"');
});

it('does not tell members that there are no digests, and says how to see those of a channel', async () => {
  const digestsOf: DigestsOf = (tenant, user) =>
    scenes.core.dispatch({
      platform: 'slack',
      command: 'digest list',
      args: {},
      user,
      place: { tenant, channel: '-' },
      locale: 'en',
      via: 'control',
    });
  scene = await scenes.open({ fake: { admins: ['U0CHIEF'] }, bot: { digestsOf } });
  const { slack } = scene;
  await slack.home('U0MEMBER');
  await slack.home('U0CHIEF');
  await slack.until(() => slack.space.views.size === 2);
  const [member, chief] = ['U0MEMBER', 'U0CHIEF'].map((user) => JSON.stringify(slack.space.views.get(user)));
  expect(member).not.toContain('No digests');
  expect(member).toContain('/digest list');
  expect(chief).toContain('No digests here yet'); // an admin sees those of the whole workspace
});

it("the Home tab uses up nobody's questions", async () => {
  let now = Date.now();
  scene = await scenes.open({ bot: { now: () => now } });
  const { slack } = scene;
  const published = () => slack.space.calls.filter(({ method }) => method === 'views.publish').length;
  const user = 'U0QUESTIONS';
  for (let round = 1; round <= 6; round++) {
    await slack.home(user);
    await slack.until(() => published() === round);
    now += 4000;
  }
  expect(JSON.stringify(slack.space.views.get(user))).toContain('$250.28');
  expect(JSON.stringify(slack.space.views.get(user))).not.toContain('Hi, I am taobot'); // the first visit only
  for (let question = 1; question <= 6; question++) {
    await slack.slash('/price', 'tao', { user });
    expect((await slack.waitFor(question)).at(-1)?.text).toContain('$250.28');
  }
});

it('publishes the Home tab once for somebody who goes to and fro between tabs', async () => {
  const now = Date.now();
  scene = await scenes.open({ bot: { now: () => now } });
  const { slack } = scene;
  const user = 'U0TABS';
  for (let opening = 0; opening < 10; opening++) await slack.home(user);
  await scene.bot.stop(); // finishes all that is under way
  expect(slack.space.calls.filter(({ method }) => method === 'views.publish')).toHaveLength(1);
});
