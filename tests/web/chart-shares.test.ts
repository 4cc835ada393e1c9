// Charts of the web server count per visitor: who has asked for many waits, and the next visitor does not.
import { afterEach, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite;
afterEach(() => site.close());

it('a visitor who asks for many charts is told to wait, another one is not', async () => {
  site = await openTestSite({
    settings: { TRUSTED_PROXIES: 'loopback', COINGECKO_API_KEY: 'CG-test-key', COINGECKO_PLAN: 'demo' },
  });
  const chart = async (coin: string, visitor: string) => {
    const path = `${site.base}/charts/${coin}.png?range=30d`;
    const answer = await fetch(path, { headers: { 'x-forwarded-for': visitor } });
    return { status: answer.status, text: answer.status === 200 ? '' : await answer.text() };
  };
  const greedy = [];
  for (const coin of site.core.services.content.coins.keys()) greedy.push(await chart(coin, '203.0.113.7'));
  expect(greedy[0]?.status).toBe(200);
  expect(greedy.at(-1)).toMatchObject({ status: 503, text: expect.stringContaining('that was your last new chart') });
  expect(await chart('bitcoin', '198.51.100.1')).toEqual({ status: 200, text: '' });
});
