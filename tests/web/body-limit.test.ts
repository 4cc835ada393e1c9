// Nobody fills our memory with a body: what is too large is answered before it is read.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postLargeBody } from '../fakes/large-body.ts';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ demo: true });
});
afterAll(() => site.close());

it.each([
  ['/ask', 300_000_000],
  ['/ask', null],
  ['/', 300_000_000],
  ['/api/faq', null],
  ['/livez', 300_000_000],
])('POST %s with %s bytes: 413 and a clear text', async (path, announced) => {
  const { status, text, sent } = await postLargeBody(`${site.base}${path}`, announced, {
    origin: site.base,
    'sec-fetch-site': 'same-origin',
  });
  expect(status).toBe(413);
  expect(text).toContain('too large');
  expect(sent).toBeLessThan(20_000_000);
});

it('a button fits many times', async () => {
  const response = await fetch(`${site.base}/ask`, {
    method: 'POST',
    headers: { origin: site.base },
    body: new URLSearchParams({ a: 'faq?id=halving', b: 'x'.repeat(10_000) }),
  });
  expect(response.status).toBe(200);
});
