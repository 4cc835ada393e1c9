// Messages of the Model Context Protocol that no decent client sends: names that every object has, cancellations, odd ids, text that nobody sees.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../../fakes/web.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ demo: true });
});
afterAll(() => site.close());

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
/** Far more than an answer takes, and less than the server lets a request hang. */
const PATIENCE_MS = 8000;

async function post(message: unknown) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`${site.base}/mcp`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(message),
    signal,
  });
  return { status: answer.status, text: await answer.text() };
}
const call = (name: string, args: Record<string, unknown> = {}, id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const CANCELLED = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nosuch'])('there is no tool %s', async (name) => {
  for (const { status, text } of [await post(call(name)), await post([call(name)])]) {
    expect(status).toBe(200);
    expect(text).toContain('not found');
    expect(text).not.toContain('disabled');
  }
});

it.each([
  ['after', [call('network'), CANCELLED]],
  ['before', [CANCELLED, call('network')]],
])('a cancellation %s its question in one request does not leave the asker waiting', async (_where, messages) => {
  const { status, text } = await post(messages);
  expect(status).toBe(200);
  expect(text).toContain('"id":1');
});

it('a cancellation alone is taken', async () => {
  expect((await post(CANCELLED)).status).toBe(202);
});

it.each([null, 1.5, {}, true])('an id that is %j is refused, and the server goes on', async (id) => {
  expect((await post(call('network', {}, id))).status).toBe(400);
  expect((await post(call('network'))).status).toBe(200);
});

it('what nobody sees of a word does not come back', async () => {
  const { text } = await post(call('coin', { coin: '\u202enosuch\u0000coin\ud800' }));
  expect(text).toContain('nosuch');
  expect(text).not.toMatch(/\u202e|\\u0000|\\ud800/);
});
