// Several workspaces: each installs the app for itself, has its own token, and can leave.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTokenCipher } from '../../../../src/bots/slack/auth/token-cipher.ts';
import { openTestCore, type TestCore } from '../../../fakes/core.ts';
import { openScene, type Scene } from '../scene.ts';

let core: TestCore;
let scene: Scene;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => scene.close());
afterAll(() => core.close());

const OAUTH = { clientId: '1.2', clientSecret: 'client-secret-1', stateSecret: 'state-secret-that-is-long' };
const removed: string[] = [];
const several = () => {
  removed.length = 0;
  const onRemoved = (tenant: string) => void removed.push(tenant);
  return openScene(core, { mode: 'http', bot: { botToken: undefined, oauth: OAUTH, onRemoved } });
};

/** Walks through the installation as a browser would. */
async function install(team: string, token: string): Promise<Response> {
  const { slack } = scene;
  const origin = new URL(slack.http ?? '').origin;
  slack.space.codes.set(`code-${team}`, { team, token, botUser: `U0${team}` });
  const first = await fetch(`${origin}/slack/install`, { redirect: 'manual' });
  expect(first.status).toBe(302);
  const target = new URL(first.headers.get('location') ?? '');
  expect(target.origin).toBe(slack.origin);
  expect(target.searchParams.get('scope')).toContain('commands');
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

it.each([
  ['uninstalled, then revoked', ['app_uninstalled', 'tokens_revoked']],
  ['revoked, then uninstalled', ['tokens_revoked', 'app_uninstalled']],
])('forgets a workspace: %s', async (_name, order) => {
  scene = await several();
  const { slack } = scene;
  await install('TGONE', 'xoxb-token-gone');
  const at = Math.floor(Date.now() / 1000) + 1;
  for (const type of order)
    await slack.event({ type, tokens: { oauth: [], bot: ['U0TGONE'] } }, { team_id: 'TGONE', event_time: at });
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

it('keeps a new installation when the news of the old one come late', async () => {
  scene = await several();
  await install('TBACK', 'xoxb-token-back');
  const handled = scene.slack.event(
    { type: 'app_uninstalled' },
    { team_id: 'TBACK', event_time: Math.floor(Date.now() / 1000) - 60 },
  );
  expect((await handled).status).toBe(200);
  expect(removed).toEqual([]);
  await scene.slack.mention('price tao', { team: 'TBACK', channel: 'C0TBACK' });
  await scene.slack.waitFor(1);
  expect(tokensUsed('TBACK')).toEqual(new Set(['xoxb-token-back']));
});

it('opens only what was sealed with the same secret', () => {
  const sealed = createTokenCipher('one secret that is long').seal('xoxb-1');
  expect(createTokenCipher('one secret that is long').open(sealed)).toBe('xoxb-1');
  expect(() => createTokenCipher('another secret').open(sealed)).toThrow('authenticate');
  expect(() => createTokenCipher('one secret that is long').open(`${sealed.slice(0, -2)}AA`)).toThrow('authenticate');
  scene = { close: () => Promise.resolve() } as Scene;
});
