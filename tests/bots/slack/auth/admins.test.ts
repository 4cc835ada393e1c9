// Who may manage is asked of Slack when somebody acts; a drawn button, a direct message or a foreign channel gives no right.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../../src/app/card.ts';
import type { Request } from '../../../../src/app/command.ts';
import type { Dispatch } from '../../../../src/app/dispatch.ts';
import { digestCreate } from '../../../../src/app/commands/digest/create.ts';
import { COMMANDS } from '../../../../src/app/commands/index.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import type { FakeSlackOptions } from '../../../fakes/slack/slack.ts';
import { openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
let asked: Request[] = [];
const START = Date.UTC(2026, 8, 18, 12);
/** `back`: how far the wall clock alone was set back (ms). */
const clock = { offset: 0, back: 0 };
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(async () => {
  asked = [];
  clock.offset = 0;
  clock.back = 0;
  await scene.close();
});
afterAll(() => core.close());

const FAKE = {
  admins: ['U0ADMIN', 'U0THEIRS'],
  foreign: { U0THEIRS: 'T0OTHERCO' },
  creators: { C0GENERAL: 'U0CREATOR', C0OTHER: 'U0SOMEBODY' },
};
const confirm = { command: 'digest create', args: { time: '09:00', confirm: 'abc', channel: 'C0GENERAL' } };
const ANSWER: Card = {
  kind: 'note',
  outcome: 'ok',
  tone: 'info',
  title: 'Noted',
  blocks: [{ kind: 'buttons', buttons: [{ label: 'Start', invocation: confirm }] }],
};
const commands = [...COMMANDS.filter(({ name }) => name !== digestCreate.name), digestCreate];
/** The core is asked, and only noted: what counts here is the right that the request carries. */
const dispatch: Dispatch = async (given) => {
  if ('read' in given) {
    const { canManage, ...read } = await given.read();
    asked.push({ ...given, ...read, user: { ...given.user, canManage } });
  } else asked.push(given);
  return ANSWER;
};
const open = (fake: FakeSlackOptions = FAKE) =>
  openScene(core, {
    fake,
    bot: { commands, dispatch, now: () => START + clock.offset - clock.back, monotonic: () => START + clock.offset },
  });

it.each([
  ['an admin', 'U0ADMIN', 'C0GENERAL', '', true],
  ['the creator of the channel', 'U0CREATOR', 'C0GENERAL', '', true],
  ['an admin of another company', 'U0THEIRS', 'C0GENERAL', '', false],
  ['somebody else', 'U0ALICE', 'C0GENERAL', '', false],
  ['the creator, in another channel', 'U0CREATOR', 'C0OTHER', '', false],
  ['the creator, for another channel', 'U0CREATOR', 'C0GENERAL', '<#C0OTHER|other>', false],
  ['an admin, for another channel', 'U0ADMIN', 'C0GENERAL', '<#C0OTHER|other>', true],
  ['a direct message', 'U0ALICE', 'D0DIRECT', '', false],
])('%s', async (_name, user, channel, named, expected) => {
  scene = await open();
  await scene.slack.slash('/digest', `create 09:00 UTC tao ${named}`.trim(), { user, channel });
  await scene.slack.until(() => asked.length === 1);
  expect(asked[0]).toMatchObject({
    command: 'digest create',
    user: { id: user, canManage: expected },
    place: { tenant: 'T0TEAM', channel },
  });
  if (named !== '') expect(asked[0]?.args['channel']).toBe('C0OTHER');
});

it.each([
  ['U0CREATOR', true],
  ['U0ALICE', false],
])('%s, for an alert that is told "here"', async (user, expected) => {
  scene = await open();
  await scene.slack.slash('/alert', 'btc below 60k here', { user, channel: 'C0GENERAL' });
  await scene.slack.until(() => asked.length === 1);
  expect(asked[0]).toMatchObject({ command: 'alert create', user: { canManage: expected } });
});

it('confirms a digest for another channel by the rights there, not by those of the channel of the button', async () => {
  scene = await open();
  const { slack } = scene;
  await slack.slash('/digest', 'create 09:00 UTC tao <#C0GENERAL|general>', { user: 'U0CREATOR', channel: 'C0OTHER' });
  const [drafted] = await slack.waitFor(1);
  if (drafted === undefined) throw new Error('no draft');
  await slack.press(drafted, 'Start', { user: 'U0CREATOR' });
  await slack.until(() => asked.length === 2);
  await slack.press(drafted, 'Start', { user: 'U0SOMEBODY' }); // created the channel of the button only
  await slack.until(() => asked.length === 3);
  expect(asked.map(({ args, user, place }) => [args['channel'], place.channel, user.canManage])).toEqual([
    ['C0GENERAL', 'C0OTHER', true],
    ['C0GENERAL', 'C0OTHER', true],
    ['C0GENERAL', 'C0OTHER', false],
  ]);
});

it('asks only for commands that need it, once a minute, and notices lost rights, whatever the wall clock does', async () => {
  const admins = ['U0ADMIN'];
  scene = await open({ admins });
  const { slack } = scene;
  const questions = () =>
    slack.space.calls.filter(({ method, args }) => method === 'users.info' && args['include_locale'] === undefined)
      .length;
  await slack.slash('/price', 'tao', { user: 'U0ADMIN' });
  await slack.until(() => asked.length === 1);
  expect(questions()).toBe(0);
  for (let i = 2; i <= 3; i++) {
    await slack.slash('/faq-gaps', '', { user: 'U0ADMIN' });
    await slack.until(() => asked.length === i);
  }
  expect(questions()).toBe(1);
  admins.length = 0;
  clock.offset = 61_000;
  clock.back = 3_600_000;
  await slack.slash('/faq-gaps', '', { user: 'U0ADMIN' });
  await slack.until(() => asked.length === 4);
  expect(asked.map(({ user }) => user.canManage)).toEqual([false, true, true, false]);
});

it('says no when Slack does not tell', async () => {
  scene = await open();
  scene.slack.fault = (call) =>
    call.method === 'users.info' || call.method === 'conversations.info'
      ? { kind: 'error', error: 'missing_scope' }
      : null;
  await scene.slack.slash('/faq-gaps', '', { user: 'U0ADMIN' });
  await scene.slack.until(() => asked.length === 1);
  expect(asked[0]?.user.canManage).toBe(false);
});
