// A request names its host once: with two, a proxy in front and we could each believe another one.
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ demo: true });
});
afterAll(() => site.close());

/** What comes back for these lines of a head. */
function answerTo(head: readonly string[], version = '1.1'): Promise<string> {
  const socket = connect(Number(new URL(site.base).port), '127.0.0.1');
  let text = '';
  socket.on('data', (part) => (text += part.toString()));
  socket.write([`GET /livez HTTP/${version}`, 'Connection: close', ...head, '', ''].join('\r\n'));
  return new Promise((resolve) => socket.once('close', () => resolve(text)));
}

// https://www.rfc-editor.org/rfc/rfc9112#section-3.2
it.each([
  ['one', ['Host: 127.0.0.1'], 200],
  ['none', [], 400],
  ['two different ones', ['Host: 127.0.0.1', 'Host: evil.example'], 400],
  ['two equal ones', ['Host: 127.0.0.1', 'host: 127.0.0.1'], 400],
])('a Host header, %s', async (_name, head, status) => {
  expect(await answerTo(head)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

// https://docs.haproxy.com/documentation/haproxy-configuration-manual/latest/#option%20httpchk: balancers ask for health like that.
it('HTTP/1.0 knows no Host header, and is answered without one', async () => {
  expect(await answerTo([], '1.0')).toMatch(/^HTTP\/1\.1 200 /);
});
