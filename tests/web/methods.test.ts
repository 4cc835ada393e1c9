// Which methods a path takes, and that a vote comes from a form on our own pages.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../fakes/web.ts';

const PUBLIC = 'https://tao.example';
let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ demo: true, settings: { PUBLIC_URL: PUBLIC } });
});
afterAll(() => site.close());

const send = (method: string, path: string) => fetch(`${site.base}${path}`, { method });
const votes = () => site.core.services.feedback.votes('web:-');

describe('a method that a path does not take', () => {
  it.each([
    ['PUT', '/ask', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE', '/', 'GET, HEAD, OPTIONS'],
    ['POST', '/livez', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/api/faq', 'GET, HEAD, OPTIONS'],
    ['PUT', '/coins/bittensor', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405 with Allow', async (method, path, allow) => {
    const response = await fetch(`${site.base}${path}`, { method, headers: { origin: site.base } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(await response.text()).toContain('only');
  });

  it('OPTIONS says what a path takes, without a word for other sites', async () => {
    const response = await send('OPTIONS', '/ask');
    expect(response.status).toBe(204);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await send('OPTIONS', '/api/faq')).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await send('OPTIONS', '/nothing')).status).toBe(404);
  });

  it('what is not there stays 404, HEAD is like GET', async () => {
    expect((await send('GET', '/coins/nothing')).status).toBe(404);
    expect((await send('PUT', '/nothing')).status).toBe(404);
    expect((await send('HEAD', '/livez')).status).toBe(200);
  });
});

describe('a vote', () => {
  /** Real sockets: `fetch` writes some of these headers itself. */
  const vote = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = 'a=faq%3Fid%3Dhalving%26vote%3Dyes';
      const type = 'application/x-www-form-urlencoded';
      const post = request(`${site.base}/ask`, { method: 'POST', headers: { 'content-type': type, ...headers } });
      post.on('error', reject).on('response', (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      post.end(body);
    });

  it.each([
    ['a link', 'GET', {}],
    ['nobody', 'POST', {}],
    ['another site', 'POST', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a page of our neighbour', 'POST', { origin: 'http://tao.example', 'sec-fetch-site': 'same-site' }],
    ['a file', 'POST', { origin: 'null' }],
    ['plain text of another site', 'POST', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
  ])('by %s does not count', async (_who, method, headers: Record<string, string>) => {
    if (method === 'GET') await site.get('/ask?a=faq%3Fid%3Dhalving%26vote%3Dyes');
    else expect(await vote(headers)).toBe(403);
    expect(await votes()).toEqual([]);
    expect(site.core.lines.join('')).not.toContain('web request failed');
  });

  it('counts from our own page, also behind a proxy', async () => {
    expect(await vote({ origin: site.base })).toBe(200);
    expect(await vote({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await vote({ origin: PUBLIC })).toBe(200);
    await expect.poll(votes).toEqual([{ entryId: 'halving', useful: 3, notUseful: 0 }]);
  });

  it.each(['multipart/form-data', 'multipart/form-data; boundary=x'])(
    'that cannot be read as %s is an unknown link, and no fault of ours',
    async (type) => {
      expect(await vote({ origin: site.base, 'content-type': type })).toBe(200);
      expect(site.core.lines.join('')).not.toContain('web request failed');
    },
  );
});
