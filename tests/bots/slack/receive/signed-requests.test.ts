// What validly signed requests may carry: response addresses of other hosts, and anything else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { httpBody } from '../../../fakes/slack/http.ts';
import { signedScenes } from './signed-scene.ts';

const { open, send } = signedScenes();

it('calls no other host than Slack for a response', async () => {
  const scene = await open();
  const asked: string[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    asked.push(String(input instanceof Request ? input.url : input));
    return original(input, init);
  };
  try {
    const evil = [
      'http://169.254.169.254/latest',
      'https://hooks.slack.com.evil.example/x',
      'https://evil.example/hooks.slack.com',
      'http://hooks.slack.com/x',
      'https://hooks.slack.com:8443/x',
      'file:///etc/passwd',
    ];
    for (const [index, url] of evil.entries()) {
      const slash = httpBody('slash_commands', {
        command: '/price',
        text: 'tao',
        team_id: 'T0TEAM',
        user_id: `U0E${index}`,
        channel_id: 'C0GENERAL',
        trigger_id: `trust-evil-${index}`,
        response_url: url,
      });
      expect(await send(slash)).toBe(200);
    }
    await scene.slack.waitFor(evil.length); // answered as messages instead
  } finally {
    globalThis.fetch = original;
  }
  expect(asked.filter((url) => !url.startsWith('http://127.0.0.1'))).toEqual([]);
});

it('survives anything that is validly signed', async () => {
  const scene = await open();
  const word = fc.constantFrom(
    'event_callback',
    'block_actions',
    'message_action',
    'block_suggestion',
    'view_submission',
    'app_mention',
    'message',
    'tokens_revoked',
    'app_home_opened',
    '/coin',
    'ask:0',
    'x',
  );
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.constantFrom(null, 0, true, [], {}),
      fc.array(tie('any'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('type', 'user', 'id', 'text', '__proto__', 'channel', 'value'), tie('any'), {
        maxKeys: 3,
      }),
    ),
  })).any;
  const body = fc.dictionary(
    fc.constantFrom(
      'type',
      'event',
      'team_id',
      'team',
      'user',
      'user_id',
      'channel',
      'command',
      'text',
      'actions',
      'action_id',
      'container',
      'callback_id',
      'message',
      'view',
      'trigger_id',
      'event_id',
      'response_url',
      '__proto__',
      'authorizations',
    ),
    value,
    { maxKeys: 8 },
  );
  const samples = fc.sample(body, { numRuns: 150, seed: 20_261_122 });
  const answers = samples.map((fields) => send({ body: JSON.stringify(fields) })); // Bolt waits 3 s before it answers what nobody handles
  for (const status of await Promise.all(answers)) expect([200, 400, 401, 404, 500]).toContain(status);
  expect(({} as { a?: unknown }).a).toBeUndefined();
  await scene.slack.slash('/price', 'tao', { user: 'U0FINE' });
  await scene.slack.until(() => scene.slack.messages().some((message) => message.text.includes('$250.28')));
});
