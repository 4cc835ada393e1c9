// Slack's own requests in HTTP mode: signed, or wrong in any way that a test asks for.
import { createHmac } from 'node:crypto';
import type { Json } from './blocks.ts';
import { ANSWER_MS, type Refusal, type Retry } from './repeats.ts';

export type SignedRequest = {
  body: string;
  contentType?: string;
  secret: string;
  /** Epoch ms of the signature. */
  at: number;
  retry?: Retry;
  /** Overrides or, with null, removes headers. */
  headers?: Readonly<Record<string, string | null>>;
};

export type HttpAnswer = { status: number; text: string; ms: number; noRetry: boolean };

export const FORM = 'application/x-www-form-urlencoded';

export function sign(secret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

export async function sendSigned(
  url: string,
  { body, contentType = 'application/json', secret, at, retry, headers = {} }: SignedRequest,
): Promise<HttpAnswer> {
  const seconds = Math.floor(at / 1000);
  const all: Record<string, string | null> = {
    'content-type': contentType,
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': sign(secret, seconds, body),
    ...(retry === undefined
      ? {}
      : { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason }),
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  const started = performance.now();
  const response = await fetch(url, { method: 'POST', headers: sent, body });
  const noRetry = response.headers.get('x-slack-no-retry') === '1';
  return { status: response.status, text: await response.text(), ms: performance.now() - started, noRetry };
}

/**
 * One attempt as Slack judges it, with the reasons of https://docs.slack.dev/apis/events-api#retries. `x-slack-no-retry: 1` (#retries-off) asks
 * for no other one. The late answer of an attempt that timed out is not looked at.
 */
export async function attemptSigned(
  url: string,
  request: SignedRequest,
  sleep: (ms: number) => Promise<void>,
): Promise<{ answer: HttpAnswer | null; refusal: Refusal }> {
  const answer = sendSigned(url, request).catch((): 'connection_failed' => 'connection_failed');
  const first = await Promise.race([answer, sleep(ANSWER_MS).then((): 'http_timeout' => 'http_timeout')]);
  if (typeof first === 'string') return { answer: null, refusal: { reason: first } };
  const taken = first.status >= 200 && first.status < 300;
  return { answer: first, refusal: taken ? null : { reason: 'http_error', final: first.noRetry } };
}

/** The body of an envelope as HTTP mode carries it. */
export function httpBody(type: string, payload: Json): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields =
    type === 'slash_commands'
      ? Object.entries(payload).map(([key, value]) => [key, String(value)])
      : [['payload', JSON.stringify(payload)]];
  return { body: new URLSearchParams(fields).toString(), contentType: FORM };
}
