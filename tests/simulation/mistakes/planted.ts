// Known mistakes that are put back, to show that the invariants notice them: in what a bot does, and in what its requests say.
import type { Bot } from '../../../src/bots/bot.ts';
import type { FarEnd, WireRequest } from '../wire/wire.ts';

export const PLANTED = [
  'post-then-mark',
  'random-key',
  'no-look-up',
  'late-departure',
  'random-nonce',
  'no-metadata',
  'client-repeats',
  'believing',
] as const;

/**
 * `post-then-mark`: the whole engine marks after the post. `random-key`: each attempt has a key of its own. `no-look-up`: nobody looks into the
 * history before posting again. `late-departure`: a post leaves however long it waited. `random-nonce`: Discord's requests say another nonce each
 * time. `no-metadata`: Slack's requests do not say their key. `client-repeats`: the library asks again by itself after an error.
 * `believing`: the market shows whatever its source says.
 */
export type Planted = (typeof PLANTED)[number];

export function withMistake(bot: Bot, planted: Planted | null, random: () => number): Bot {
  const { post } = bot;
  if (planted === 'no-look-up') return { ...bot, find: () => Promise.resolve({ kind: 'absent' }) };
  if (planted === 'late-departure') return { ...bot, post: (target, body, key) => post(target, body, key) };
  if (planted === 'random-key')
    return {
      ...bot,
      post: (target, body, key, mayLeave) =>
        post(target, body, `${key.slice(0, 8)}${Math.floor(random() * 1e9)}`, mayLeave),
    };
  return bot;
}

/** The far end as a process reaches it whose requests have the mistake. */
export function withMistakenRequests(farEnd: FarEnd, planted: Planted | null, random: () => number): FarEnd {
  if (planted === 'random-nonce') return (request) => farEnd(withNonce(request, Math.floor(random() * 1e15)));
  if (planted === 'no-metadata') return (request) => farEnd(withoutMetadata(request));
  if (planted === 'client-repeats')
    return async (request) => {
      const answer = await farEnd(request);
      const failed = answer.kind === 'broken' || (answer.kind === 'answer' && answer.status >= 500);
      return failed ? await farEnd(request) : answer;
    };
  return farEnd;
}

function withNonce(request: WireRequest, nonce: number): WireRequest {
  if (!request.body.includes('"enforce_nonce":true')) return request;
  return { ...request, body: request.body.replace(/"nonce":"[^"]*"/, `"nonce":"${nonce}"`) };
}

function withoutMetadata(request: WireRequest): WireRequest {
  if (!request.path.endsWith('/chat.postMessage')) return request;
  const form = new URLSearchParams(request.body);
  form.delete('metadata');
  return { ...request, body: form.toString() };
}
