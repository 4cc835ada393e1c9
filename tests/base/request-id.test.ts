// A request has one id in all its lines, from the event to the answer, and no two requests share one.
import { afterEach, expect, it } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { asRequest, createLog, LOG_FIELDS, requestId } from '../../src/base/log.ts';
import { followEvent } from '../../src/bots/follow-event.ts';
import { openTestSite, type TestSite } from '../fakes/web.ts';

type Line = Record<string, unknown> & { msg: string; request?: string };
let site: TestSite | undefined;
afterEach(async () => {
  await site?.close();
  site = undefined;
});

it('follows promises and timers, and ends with the request', async () => {
  const lines: Line[] = [];
  const log = createLog({ level: 'debug', secrets: [], write: (line) => void lines.push(JSON.parse(line) as Line) });
  const follow = (event: string) =>
    followEvent({ platform: 'discord', event, log }, async () => {
      await wait(1);
      log.info({ count: 1 }, event);
    });
  await Promise.all([follow('one'), follow('two')]);
  log.info({}, 'outside');
  const idOf = (event: string) =>
    new Set(lines.filter((line) => [line.msg, line['event']].includes(event)).map(({ request }) => request));
  expect([idOf('one').size, idOf('two').size]).toEqual([1, 1]);
  expect([...idOf('one')][0]).toMatch(/^[0-9a-f]{8}$/);
  expect(idOf('one')).not.toEqual(idOf('two'));
  expect(idOf('outside')).toEqual(new Set([undefined]));
  expect([asRequest(requestId) === undefined, requestId()]).toEqual([false, undefined]);
});

it('a question on the web: the command, the calls to sources and the answer have one id; every field is of the vocabulary', async () => {
  site = await openTestSite();
  const { lines } = site.core;
  const response = await site.get('/api/ask?q=/price%20tao%20eur');
  const id = response.headers.get('x-request-id');
  expect(id).toMatch(/^[0-9a-f]{8}$/);
  const parsed = lines.map((line) => JSON.parse(line) as Line);
  const joined = parsed.filter(({ request }) => request === id).map(({ msg }) => msg);
  expect(joined).toEqual(expect.arrayContaining(['source called', 'request']));
  for (const path of ['/nothing', '/api/nothing', '/livez'])
    expect((await site.get(path)).headers.get('x-request-id'), path).toMatch(/^(?!00000000)[0-9a-f]{8}$/);
  const known = new Set(['level', 'time', 'msg', 'request', ...Object.keys(LOG_FIELDS)]);
  expect(parsed.flatMap((line) => Object.keys(line)).filter((field) => !known.has(field))).toEqual([]);
});
