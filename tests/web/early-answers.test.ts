// An answer that is given before the body was read ends its connection: whoever comes next over it (a proxy keeps one for all visitors) would be cut off.
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ demo: true });
});
afterAll(() => site.close());

const BODY = Buffer.alloc(4_000_000, 'x');

/** The status and whether the server says that this connection ends. */
function ask(
  agent: Agent,
  method: string,
  path: string,
  body?: Buffer,
): Promise<[number | undefined, string | undefined]> {
  return new Promise((resolve, reject) => {
    const headers = { origin: site.base, ...(body === undefined ? {} : { 'content-length': body.length }) };
    const asked = request(`${site.base}${path}`, { method, agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve([answer.statusCode, answer.headers.connection]));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

it.each(['/mcp', '/ask', '/livez', '/nosuch'])(
  'a body that is too large for %s, and another visitor after it',
  async (path) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await ask(agent, 'POST', path, BODY);
    expect(first).toEqual([413, 'close']);
    expect(await ask(agent, 'GET', '/livez')).toEqual([200, 'keep-alive']);
    agent.destroy();
  },
);

it('a small body costs no connection', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await ask(agent, 'POST', '/ask', Buffer.from('a=faq?id=halving'))).toEqual([expect.any(Number), 'keep-alive']);
  agent.destroy();
});
