// Several workspaces: each installs the app for itself, has its own token, and can leave.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTokenCipher } from '../../../../src/bots/slack/auth/token-cipher.ts';
import type { DigestWish } from '../../../../src/digests/digests.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import type { SlackFault } from '../../../fakes/slack/slack.ts';
import { NO_PLACES, hasty, openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => scene.close());
afterAll(() => core.close());

const OAUTH = { clientId: '1.2', clientSecret: 'client-secret-1', stateSecret: 'state-secret-that-is-long' };
const WISH: DigestWish = {
  time: '09:00',
  zone: 'UTC',
  days: undefined,
  coins: ['bittensor'],
  currency: 'usd',
  locale: 'en',
  replace: false,
  subnets: false,
  channel: undefined,
};
const removed: string[] = [];
const several = () => {
  removed.length = 0;
  const onRemoved = (tenant: string) => void removed.push(tenant);
  return openScene(core, {
    mode: 'http',
    bot: { botToken: undefined, oauth: OAUTH, places: { ...NO_PLACES, onRemoved } },
  });
};

/** Walks through the installation as a browser would. */
async function install(team: string, token: string, organisation?: string): Promise<Response> {
  const { slack } = scene;
  const origin = new URL(slack.http ?? '').origin;
  slack.space.codes.set(`code-${team}`, {
    team,
    token,
    botUser: organisation === undefined ? `U0${team}` : slack.botUser,
    ...(organisation === undefined ? {} : { organisation }),
  });
  const first = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  expect(first.status).toBe(302);
  const target = new URL(first.headers.get('location') ?? '');
  expect(target.origin).toBe(slack.origin);
  const scopes = target.searchParams.get('scope')?.split(',');
  expect(scopes).toEqual(expect.arrayContaining(['commands', 'channels:history'])); // what may be declined is asked for, too
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const state = target.searchParams.get('state') ?? '';
  return await fetch(`${origin}/slack/oauth_redirect?code=code-${team}&state=${encodeURIComponent(state)}`, {
    headers: { cookie },
    redirect: 'manual',
  });
}

const tokensUsed = (team: string) =>
  new Set(
    scene.slack.space.calls
      .filter(({ args }) => typeof args['channel'] === 'string' && args['channel'].startsWith(`C0${team}`))
      .map(({ token }) => token),
  );

it('installs, answers each workspace with its own token, and keeps tokens sealed', async () => {
  scene = await several();
  const { slack } = scene;
  expect((await install('TONE', 'xoxb-token-one')).status).toBeLessThan(400);
  expect((await install('TTWO', 'xoxb-token-two')).status).toBeLessThan(400);
  for (const team of ['TONE', 'TTWO'])
    await slack.mention('price tao', { team, channel: `C0${team}`, user: `U0A${team}` });
  await slack.waitFor(2);
  expect(tokensUsed('TONE')).toEqual(new Set(['xoxb-token-one']));
  expect(tokensUsed('TTWO')).toEqual(new Set(['xoxb-token-two']));
  const rows = await core.database.sql.selectFrom('installation').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain('xoxb');
  expect(rows.map(({ key }) => key).toSorted()).toEqual(['TONE', 'TTWO']);
  const posted = await scene.bot.post(
    { tenant: 'TTWO', channel: 'C0TTWO' },
    { json: { text: 'hello', parts: [] }, files: [] },
    'key',
  );
  expect(posted.kind).toBe('sent');
  expect(
    await scene.bot.post({ tenant: 'TNONE', channel: 'C0X' }, { json: { text: 'hello', parts: [] }, files: [] }, 'key'),
  ).toEqual({ kind: 'bad-credential', code: 'not_installed' });
});

it('refuses a forged state', async () => {
  scene = await several();
  const origin = new URL(scene.slack.http ?? '').origin;
  scene.slack.space.codes.set('code-x', { team: 'TEVIL', token: 'xoxb-evil', botUser: 'U0EVIL' });
  const answer = await fetch(`${origin}/slack/oauth_redirect?code=code-x&state=forged`);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await core.database.sql.selectFrom('installation').select('key').where('key', '=', 'TEVIL').execute()).toEqual(
    [],
  );
});

it('somebody who cancels is told so, not that we broke; pages of the installation cannot be framed and hand on no address', async () => {
  scene = await several();
  const origin = new URL(scene.slack.http ?? '').origin;
  const answer = await fetch(`${origin}/slack/oauth_redirect?error=access_denied&state=<script>`);
  expect([answer.status, await answer.text()]).toEqual([
    403,
    'The installation was cancelled in Slack: nothing was installed. To start again, open /slack/install.\n',
  ]);
  const start = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  for (const { headers } of [answer, start]) {
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

it.each([
  ['uninstalled, then revoked', ['app_uninstalled', 'tokens_revoked']],
  ['revoked, then uninstalled', ['tokens_revoked', 'app_uninstalled']],
])('forgets a workspace: %s', async (_name, order) => {
  scene = await several();
  const { slack } = scene;
  await install('TGONE', 'xoxb-token-gone');
  slack.space.revoked.add('xoxb-token-gone');
  for (const type of order) await slack.event({ type, tokens: { oauth: [], bot: ['U0TGONE'] } }, { team_id: 'TGONE' });
  await slack.until(() => removed.length > 0);
  expect(await core.database.sql.selectFrom('installation').select('key').where('key', '=', 'TGONE').execute()).toEqual(
    [],
  );
  expect(removed).toEqual(['TGONE']);
  await slack.mention('price tao', { team: 'TGONE', channel: 'C0TGONE' });
  await slack.mention('price tao', { team: 'TNEVER', channel: 'C0TNEVER' }); // nobody knows this one
  await slack.slash('/price', 'tao', { user: 'U0STILL' }); // an answer by response_url needs no token
  await slack.waitFor(1);
  expect(slack.messages().map(({ via }) => via)).toEqual(['response_url']);
});

it.each([
  ['late', -60],
  ['from a clock that is ahead of ours', 600],
])('keeps a new installation when the news of the old one come %s', async (_name, seconds) => {
  scene = await several();
  const { slack } = scene;
  await install('TBACK', 'xoxb-token-back');
  const event_time = Math.floor(Date.now() / 1000) + seconds;
  expect((await slack.uninstall({ team: 'TBACK' }, { event_time })).status).toBe(200);
  await slack.until(() => slack.space.calls.some(({ method }) => method === 'auth.test'));
  await slack.mention('price tao', { team: 'TBACK', channel: 'C0TBACK', user: `U0BACK${seconds + 100}` });
  await slack.waitFor(1);
  expect(removed).toEqual([]);
  expect(tokensUsed('TBACK')).toEqual(new Set(['xoxb-token-back']));
});

it('asks again whether an installation ended when Slack does not answer', async () => {
  scene = await openScene(core, {
    mode: 'http',
    bot: {
      botToken: undefined,
      oauth: OAUTH,
      places: { ...NO_PLACES, onRemoved: (tenant) => void removed.push(tenant) },
      sleep: hasty,
    },
  });
  removed.length = 0;
  const { slack } = scene;
  await install('TSLOW', 'xoxb-token-slow');
  // None of them says that the token has ended: https://docs.slack.dev/reference/methods/auth.test#errors
  const unclear = ['org_login_required', 'accesslimited', 'missing_scope'].map(
    (error) => ({ kind: 'error', error }) as const,
  );
  const faults: SlackFault[] = [{ kind: 'status', status: 503, commit: false }, ...unclear];
  slack.fault = ({ method }) => (method === 'auth.test' ? (faults.shift() ?? null) : null);
  slack.space.revoked.add('xoxb-token-slow');
  await slack.uninstall({ team: 'TSLOW' });
  await slack.until(() => removed.length > 0);
  expect([removed, faults]).toEqual([['TSLOW'], []]);
});

it('answers a channel that another company shares with the token of the one that installed it', async () => {
  scene = await several();
  const { slack } = scene;
  await install('TOURS', 'xoxb-token-ours');
  await slack.mention('price tao', { team: 'TOURS', host: 'TTHEIRS', channel: 'C0TOURS', user: 'U0SHARED' });
  await slack.waitFor(1);
  expect(tokensUsed('TOURS')).toEqual(new Set(['xoxb-token-ours']));
});

it('serves all workspaces of an organisation with one installation, and ends the digests of all with it', async () => {
  scene = await several();
  const { slack } = scene;
  const organisation = 'E0ORG';
  await install('TANY', 'xoxb-token-org', organisation);
  for (const team of ['TEAST', 'TWEST'])
    await slack.mention('coin tao', { team, organisation, channel: `C0${team}`, user: `U0${team}` });
  await slack.waitFor(2);
  expect(tokensUsed('TEAST')).toEqual(new Set(['xoxb-token-org']));
  expect(tokensUsed('TWEST')).toEqual(new Set(['xoxb-token-org']));
  const card = slack.messages().find(({ channel }) => channel === 'C0TEAST');
  if (card === undefined) throw new Error('no card');
  await slack.press(card, 'Refresh', { team: 'TEAST', organisation, user: 'U0TPRESS', expired: true });
  await slack.until(() => card.edits === 1); // by the Web API, so with the token
  await slack.home('U0THOME', 'home', { team: 'TWEST', organisation });
  await slack.until(() => slack.space.views.has('U0THOME'));
  await slack.slash('/price', 'tao', { team: 'TWEST', organisation, user: 'U0TSLASH' });
  await slack.waitFor(3);
  for (const team of ['TEAST', 'TWEST'])
    await core.services.digests.draft(WISH, {
      platform: 'slack',
      tenant: `${organisation}/${team}`,
      channel: `C0${team}`,
      userId: 'U0ADMIN',
    });
  slack.space.revoked.add('xoxb-token-org');
  await slack.uninstall({ team: 'TEAST', organisation });
  await slack.until(() => removed.length > 0);
  expect(removed.toSorted()).toEqual([organisation, `${organisation}/TEAST`, `${organisation}/TWEST`]);
});

it('ends what belongs to a workspace that an organisation took the app away from, unless it was granted again', async () => {
  scene = await several();
  const { slack } = scene;
  const organisation = 'E0TAKES';
  await install('TANY2', 'xoxb-token-takes', organisation);
  slack.space.options.granted = ['TSTAYS', 'TAGAIN'];
  await slack.event(
    { type: 'team_access_revoked', team_ids: ['TLEFT', 'TAGAIN'] },
    { team_id: null, enterprise_id: organisation },
  );
  await slack.until(() => removed.length > 0);
  expect(removed).toEqual([`${organisation}/TLEFT`]);
});

it('opens only what was sealed with the same secret', () => {
  const sealed = createTokenCipher('one secret that is long').seal('xoxb-1');
  expect(createTokenCipher('one secret that is long').open(sealed)).toBe('xoxb-1');
  expect(() => createTokenCipher('another secret').open(sealed)).toThrow('authenticate');
  expect(() => createTokenCipher('one secret that is long').open(`${sealed.slice(0, -2)}AA`)).toThrow('authenticate');
  scene = { close: () => Promise.resolve() } as Scene;
});
