// HTTP mode trusts nobody: forged, old, future, replayed and odd requests do nothing and harm nothing.
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { postLargeBody } from '../../../fakes/large-body.ts';
import { FORM, httpBody, sign, type SignedRequest } from '../../../fakes/slack/http.ts';
import { EVENT, NOW, signedScenes } from './signed-scene.ts';

const { open, send } = signedScenes();

it.each<[string, number, (secret: string) => Partial<SignedRequest>]>([
  ['no signature', 401, () => ({ headers: { 'x-slack-signature': null } })],
  ['no timestamp', 401, () => ({ headers: { 'x-slack-request-timestamp': null } })],
  ['a wrong signature', 401, () => ({ headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}` } })],
  ['a short signature', 401, () => ({ headers: { 'x-slack-signature': 'v0=00' } })],
  [
    'another version',
    401,
    (secret) => ({
      headers: { 'x-slack-signature': sign(secret, Math.floor(NOW / 1000), EVENT).replace('v0', 'v1') },
    }),
  ],
  [
    'an upper-case signature',
    401,
    (secret) => ({
      headers: { 'x-slack-signature': sign(secret, Math.floor(NOW / 1000), EVENT).toUpperCase() },
    }),
  ],
  ['the secret of somebody else', 401, () => ({ secret: 'another-signing-secret' })],
  ['a timestamp of 301 s ago', 401, () => ({ at: NOW - 301_000 })],
  ['a timestamp of tomorrow', 401, () => ({ at: NOW + 86_400_000 })],
  ['a timestamp 90 s ahead', 401, () => ({ at: NOW + 90_000 })],
  ['a timestamp that is no number', 401, () => ({ headers: { 'x-slack-request-timestamp': 'NaN' } })],
  [
    'a changed body',
    401,
    (secret) => ({ headers: { 'x-slack-signature': sign(secret, Math.floor(NOW / 1000), `${EVENT} `) } }),
  ],
  ['signed null', 400, () => ({ body: 'null' })],
  ['signed []', 400, () => ({ body: '[]' })],
  ['signed 5', 400, () => ({ body: '5' })],
  ['a signed string', 400, () => ({ body: '"x"' })],
  ['signed broken JSON', 400, () => ({ body: '{bad' })],
  ['a signed payload of null', 400, () => ({ body: 'payload=null', contentType: FORM })],
  ['signed depth of 100,000', 400, () => ({ body: '['.repeat(100_000) })],
  ['another content type', 400, () => ({ contentType: 'text/plain' })],
  [
    'ssl_check=0 unsigned',
    401,
    () => ({ body: 'ssl_check=0', contentType: FORM, headers: { 'x-slack-signature': null } }),
  ],
  [
    'ssl_check=true unsigned',
    401,
    () => ({ body: 'ssl_check=true', contentType: FORM, headers: { 'x-slack-signature': null } }),
  ],
  ['a body of 5 MB', 413, () => ({ body: 'x'.repeat(5_000_000) })],
])('%s: %i and no effect', async (_name, status, more) => {
  const scene = await open();
  const result = await send(more(scene.slack.signingSecret)).catch(() => 413); // the connection may be closed while we still send
  expect(result).toBe(status);
  await scene.bot.stop(); // finishes all work under way
  expect(scene.slack.messages()).toEqual([]);
});

it.each([['announced', 300_000_000] as const, ['in chunks', null] as const])(
  'a body that is too large is not read to its end: %s',
  async (_name, announced) => {
    const scene = await open();
    const { status, text, sent } = await postLargeBody(scene.slack.http ?? '', announced);
    expect(status).toBe(413);
    expect(text).toContain('too large');
    expect(sent).toBeLessThan(20_000_000);
  },
);

it('answers unsigned ssl_check probes without running what is smuggled in', async () => {
  const scene = await open();
  const body = new URLSearchParams({
    ssl_check: '1',
    payload: EVENT,
    command: '/coin',
    text: 'tao',
    user_id: 'U1',
    trigger_id: 'T',
  }).toString();
  expect(
    await send({ body, contentType: FORM, headers: { 'x-slack-signature': null, 'x-slack-request-timestamp': null } }),
  ).toBe(200);
  await scene.bot.stop();
  expect(scene.slack.messages()).toEqual([]);
});

it('acts once on a replayed request, takes retries of unseen events and content types with a charset', async () => {
  const scene = await open();
  const request = { body: EVENT, at: NOW };
  expect([await send(request), await send(request), await send(request)]).toEqual([200, 200, 200]);
  await scene.slack.waitFor(1);
  const slash = httpBody('slash_commands', {
    command: '/price',
    text: 'tao',
    team_id: 'T0TEAM',
    user_id: 'U0EVE',
    channel_id: 'C0GENERAL',
    trigger_id: 'trust-1',
    response_url: `${scene.slack.origin}/response/x`,
  });
  expect(
    await send({ ...slash, contentType: `${FORM}; charset=utf-8`, retry: { attempt: 1, reason: 'http_timeout' } }),
  ).toBe(200);
  await scene.slack.waitFor(2);
  await scene.bot.stop();
  expect(scene.slack.messages()).toHaveLength(2);
});

it('answers others while one sends its body slowly', async () => {
  const scene = await open();
  const url = new URL(scene.slack.http ?? '');
  const slow = Array.from({ length: 50 }, () => {
    const socket = connect(Number(url.port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{`);
    return socket;
  });
  const { status } = await scene.slack.slash('/price', 'tao', { user: 'U0QUICK' });
  expect(status).toBe(200);
  await scene.slack.waitFor(1);
  for (const socket of slow) socket.destroy();
});

it('has nothing but the events path', async () => {
  const scene = await open();
  const origin = new URL(scene.slack.http ?? '').origin;
  for (const path of ['/slack/install', '/slack/oauth_redirect', '/slack/', '/slack/events'])
    expect((await fetch(`${origin}${path}`)).status).toBe(path === '/slack/events' ? 405 : 404);
  expect((await fetch(`${origin}/slack/other`, { method: 'POST', body: '{}' })).status).toBe(404);
});
