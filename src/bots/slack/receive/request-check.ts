// In front of Bolt's HTTP receiver: size, signature, time in both directions, and the shape of the body — forged or malformed requests are rejected here.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { isValidSlackRequest } from '@slack/bolt';
import type { Listener } from '../../bot.ts';
import { FUTURE_REQUEST_MS, LONGEST_REQUEST_BYTES, OLDEST_REQUEST_MS } from '../limits.ts';

export type RequestCheckOptions = {
  signingSecret: string;
  now: () => number;
  /** Gets requests that are certainly Slack's, with the body already read. */
  next: Listener;
  /** Counts what was turned away, by reason. */
  refused: (reason: string) => void;
};

const FORM = 'application/x-www-form-urlencoded';
/** A body that trickles in is an attack on our sockets. */
const BODY_MS = 8000;

/** Answers 400, 401 or 413 itself; `ssl_check` probes get 200 and reach nothing. */
export function createRequestCheck({ signingSecret, now, next, refused }: RequestCheckOptions): Listener {
  const refuse = (response: ServerResponse, status: number, reason: string) => {
    refused(reason);
    response.writeHead(status, { connection: 'close', 'content-type': 'text/plain' });
    response.end(
      status === 413 ? `The body is too large; at most ${LONGEST_REQUEST_BYTES} bytes are read.\n` : undefined,
    );
  };
  const check = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === null) return refuse(response, 413, 'size');
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const form = type === FORM ? parse(body.toString('utf8')) : null;
    if (form?.['ssl_check'] === '1') return void response.writeHead(200).end();
    const problem = signatureProblem(request, body, signingSecret, now());
    if (problem !== null) return refuse(response, 401, problem);
    if (type !== FORM && type !== 'application/json') return refuse(response, 400, 'content-type');
    if (
      !isRecord(
        form === null
          ? jsonOf(body.toString('utf8'))
          : typeof form['payload'] === 'string'
            ? jsonOf(form['payload'])
            : form,
      )
    )
      return refuse(response, 400, 'shape');
    request.headers['content-type'] = type; // Bolt compares it exactly, parameters such as a charset would be refused
    next(Object.assign(request, { rawBody: body }), response);
  };
  return (request, response) => {
    check(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 400, 'broken');
    });
  };
}

function signatureProblem(request: IncomingMessage, body: Buffer, signingSecret: string, now: number): string | null {
  const stamp = request.headers['x-slack-request-timestamp'];
  const signature = request.headers['x-slack-signature'];
  if (
    typeof stamp !== 'string' ||
    typeof signature !== 'string' ||
    !/^\d{1,12}$/.test(stamp) ||
    !/^v0=[0-9a-f]{64}$/.test(signature)
  )
    return 'signature';
  const at = Number(stamp) * 1000;
  if (at < now - OLDEST_REQUEST_MS) return 'old';
  if (at > now + FUTURE_REQUEST_MS) return 'future';
  const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(stamp) };
  return isValidSlackRequest({ signingSecret, body: body.toString('utf8'), headers, nowMilliseconds: now })
    ? null
    : 'signature';
}

/** Null when it is too large; what is announced as too large is not read at all. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > LONGEST_REQUEST_BYTES) return null;
  const timer = setTimeout(() => request.destroy(new Error('slow body')), BODY_MS);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LONGEST_REQUEST_BYTES) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    clearTimeout(timer);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
