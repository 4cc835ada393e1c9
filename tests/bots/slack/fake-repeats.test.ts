// The fake repeats events as Slack's documents say: asked by a bare web server and bare sockets, never by our code.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createTestClock, settled } from '../../fakes/clock.ts';
import { sign } from '../../fakes/slack/http.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../fakes/slack/slack.ts';

let slack: FakeSlack;
let clock: ReturnType<typeof createTestClock>;
const closing: (() => unknown)[] = [];
beforeEach(() => void (clock = createTestClock()));
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await slack.close();
});
const open = async (options: FakeSlackOptions = {}) =>
  void (slack = await startFakeSlack({ now: clock.now, sleep: clock.sleep, ...options }));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('over HTTP', () => {
  type Seen = { minutes: number; num: string | null; reason: string | null; id: string; signed: boolean };
  let seen: Seen[] = [];
  let began = 0;

  /** A Request URL that answers as `answer` says. */
  async function requestUrl(answer: (response: ServerResponse, count: number) => void): Promise<void> {
    seen = [];
    began = clock.now();
    const server = createServer((request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const header = (name: string) => (request.headers[name] as string | undefined) ?? null;
        const seconds = Number(header('x-slack-request-timestamp'));
        seen.push({
          minutes: Math.round((clock.now() - began) / MINUTE),
          num: header('x-slack-retry-num'),
          reason: header('x-slack-retry-reason'),
          id: body.startsWith('{') ? String((JSON.parse(body) as { event_id: unknown }).event_id) : '',
          signed:
            seconds === Math.floor(clock.now() / 1000) &&
            header('x-slack-signature') === sign(slack.signingSecret, seconds, body),
        });
        answer(response, seen.length);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))));
    slack.http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`;
  }
  /** Lets time pass up to the attempt with this number, and no further. */
  const until = async (count: number, pauseMs: number, asked: Promise<void>) => {
    await asked;
    await clock.advance(pauseMs);
    await slack.until(() => seen.length === count);
  };
  const failing = (response: ServerResponse) => void response.writeHead(500).end();

  // https://docs.slack.dev/apis/events-api#retries
  it('retries: "nearly immediately", after 1 minute, after 5 minutes, with x-slack-retry-num and -reason and the same event_id', async () => {
    await open();
    await requestUrl(failing);
    const minute = clock.asked(MINUTE);
    const five = clock.asked(5 * MINUTE);
    expect((await slack.mention('x')).status).toBe(500);
    await until(3, MINUTE, minute);
    await until(4, 5 * MINUTE, five);
    await clock.advance(48 * HOUR);
    expect(seen.map(({ minutes, num, reason }) => [minutes, num, reason])).toEqual([
      [0, null, null],
      [0, '1', 'http_error'],
      [1, '2', 'http_error'],
      [6, '3', 'http_error'],
    ]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    expect(seen.every(({ signed }) => signed)).toBe(true); // each with a timestamp of its own
  });

  // https://docs.slack.dev/apis/events-api#responding
  it('responding: no answer within three seconds is http_timeout, nobody there is connection_failed', async () => {
    await open();
    const held: ServerResponse[] = [];
    await requestUrl((response, count) => void (count === 1 ? held.push(response) : response.end()));
    const waits = clock.asked(3000);
    const sent = slack.mention('x');
    await waits;
    await slack.until(() => seen.length === 1);
    await clock.advance(3000);
    await sent;
    await slack.until(() => seen.length === 2);
    expect(seen[1]?.reason).toBe('http_timeout');
    held.forEach((response) => response.end());

    await requestUrl((response, count) => void (count === 1 ? response.socket?.destroy() : response.end()));
    await slack.mention('x');
    await slack.until(() => seen.length === 2);
    expect(seen[1]?.reason).toBe('connection_failed');
  });

  // https://docs.slack.dev/apis/events-api#retries-off
  it('retries end with a 2xx, and with x-slack-no-retry: 1', async () => {
    await open();
    await requestUrl((response, count) => void response.writeHead(count === 1 ? 503 : 200).end());
    await slack.mention('x');
    await slack.until(() => seen.length === 2);
    await requestUrl((response) => void response.writeHead(503, { 'x-slack-no-retry': '1' }).end());
    await slack.mention('x');
    await clock.advance(48 * HOUR);
    expect(seen).toHaveLength(1);
  });

  // https://docs.slack.dev/apis/events-api#delayed-events-retry: "to follow those three retries with hourly retries for 24 hours"
  it('delayed events: after the three retries one an hour, until it is taken, for a day', async () => {
    await open({ delayedEvents: true });
    await requestUrl((response, count) => void response.writeHead(count === 6 ? 200 : 503).end());
    let [asked, hour] = [clock.asked(MINUTE), clock.asked(HOUR)];
    const five = clock.asked(5 * MINUTE);
    await slack.mention('x');
    await until(3, MINUTE, asked);
    await until(4, 5 * MINUTE, five);
    for (const count of [5, 6]) {
      asked = hour;
      await asked;
      hour = clock.asked(HOUR);
      await clock.advance(HOUR);
      await slack.until(() => seen.length === count);
    }
    await clock.advance(48 * HOUR);
    await settled();
    expect(seen.map(({ minutes, num }) => [minutes, num]).slice(3)).toEqual([
      [6, '3'],
      [66, '4'],
      [126, '5'],
    ]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
  });

  // https://docs.slack.dev/interactivity/implementing-slash-commands: the person is told, nothing is repeated
  it('slash commands are not retried', async () => {
    await open();
    await requestUrl(failing);
    await slack.slash('/x');
    await clock.advance(48 * HOUR);
    expect(seen).toHaveLength(1);
  });
});

// https://docs.slack.dev/apis/events-api/using-socket-mode
describe('over Socket Mode', () => {
  type Frame = { type: string; envelope_id?: string; [field: string]: unknown };
  type Connection = { socket: WebSocket; frames: Frame[]; ack: boolean; closed: boolean };

  /** A connection as `apps.connections.open` hands it out; resolves with its first frame. `ack`: whether it acknowledges. */
  async function connect(ack = true): Promise<Connection> {
    const client = new WebClient(slack.appToken, { slackApiUrl: slack.url });
    const { url = '' } = await client.apps.connections.open();
    const socket = new WebSocket(url);
    const connection: Connection = { socket, frames: [], ack, closed: false };
    socket.on('close', () => void (connection.closed = true));
    socket.on('message', (data) => {
      const frame = JSON.parse((data as Buffer).toString()) as Frame;
      connection.frames.push(frame);
      if (connection.ack && frame.envelope_id !== undefined)
        socket.send(JSON.stringify({ envelope_id: frame.envelope_id }));
    });
    closing.push(() => socket.terminate());
    await slack.until(() => connection.frames.length > 0);
    return connection;
  }
  const envelopes = ({ frames }: Connection) => frames.filter(({ envelope_id: id }) => id !== undefined);

  it('connections: up to ten at once, hello says how many; "each payload may be sent to any of the connections", and to one only', async () => {
    await open();
    const all = await Promise.all(Array.from({ length: 10 }, () => connect()));
    expect(all.map(({ frames }) => frames[0]?.['num_connections']).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
    const refused = await connect();
    expect(refused.frames[0]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    for (let i = 0; i < 20; i++) await (i % 2 === 0 ? slack.mention('x') : slack.slash('/x'));
    const ids = all.flatMap((connection) => envelopes(connection).map(({ envelope_id: id }) => id));
    expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
    expect(all.filter((connection) => envelopes(connection).length > 0).length).toBeGreaterThan(1);
  });

  it.each(['warning', 'refresh_requested'])(
    'disconnect, %s: it goes on to deliver and to take acknowledgements for about ten seconds, beside a new one',
    async (reason) => {
      await open();
      const old = await connect();
      const notice = clock.asked(10_000);
      slack.socket.askToReconnect(reason);
      await notice;
      await slack.slash('/x');
      const young = await connect();
      expect(young.frames[0]?.['num_connections']).toBe(2);
      await Promise.all([slack.slash('/x'), slack.slash('/x')]);
      expect([envelopes(old).length, envelopes(young).length]).toEqual([2, 1]);
      await clock.advance(10_000);
      await slack.until(() => old.closed);
      expect(young.closed).toBe(false);
    },
  );

  it('acknowledge: an event that is not acknowledged, or whose connection ends before, comes again on another one', async () => {
    await open();
    const deaf = await connect(false);
    const other = await connect(false);
    const sent = slack.mention('x');
    await slack.until(() => envelopes(deaf).length + envelopes(other).length === 1);
    const [first, second] = envelopes(deaf).length === 1 ? [deaf, other] : [other, deaf];
    await clock.advance(3000);
    await slack.until(() => envelopes(second).length === 1);
    first.ack = true;
    second.socket.terminate();
    const minute = clock.asked(MINUTE);
    await minute;
    await clock.advance(MINUTE);
    await sent;
    const [one, two] = [envelopes(first), envelopes(second)];
    expect([...one, ...two].map(({ envelope_id: id }) => id)).toEqual(Array(3).fill(one[0]?.envelope_id));
    expect([one[0], two[0], one[1]].map((frame) => [frame?.['retry_attempt'], frame?.['retry_reason']])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
    ]);
    expect(new Set([...one, ...two].map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
  });

  it('acknowledge: a slash command that is not acknowledged is not repeated', async () => {
    await open();
    const deaf = await connect(false);
    const failed = slack.slash('/x').then(
      () => 'acknowledged',
      () => 'failed',
    );
    await slack.until(() => envelopes(deaf).length === 1);
    await clock.advance(48 * HOUR);
    expect([await failed, envelopes(deaf).length]).toEqual(['failed', 1]);
  });
});
