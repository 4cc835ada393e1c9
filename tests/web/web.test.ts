// Pages and API as a visitor sees them: the real server over the real core, the far ends fake.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { price, walk } from '../charts/samples.ts';
import { openTestSite, type TestSite } from '../fakes/web.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const get = (path: string) => site.get(path);
const json = async (path: string) => (await get(path)).json() as Promise<Record<string, unknown>>;

describe('the profile page', () => {
  it('has the live price, every section, facts with dates, and no script but the one file', async () => {
    const response = await get('/coins/bittensor');
    const page = await response.text();
    expect(response.status).toBe(200);
    for (const words of [
      '$250.28',
      'Market cap',
      '24 h volume',
      'What TAO is',
      'How it works',
      'Use cases',
      'Tradeoffs and criticism',
      'Where to track TAO',
      'Related coins',
      'Frequently asked questions',
      'as of',
      '21,000,000 TAO',
      'What is a Bittensor subnet?',
      'Price data by CoinGecko',
      'updated',
    ])
      expect(page).toContain(words);
    expect(page.match(/<script[^>]*>/gi)).toEqual(['<script src="/page.js" defer>']);
    expect(page).toContain('<button>Ask</button>');
    expect(page).not.toContain('Invocation');
    expect(page).not.toMatch(/undefined|NaN|\[object|\{\{/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('shows the new number at the next load', async () => {
    expect(await (await get('/coins/near')).text()).toContain('$1.62');
  });

  it('404s for a coin without a profile', async () => {
    expect((await get('/coins/nothing')).status).toBe(404);
  });
});

describe('the API', () => {
  it('answers like CoinGecko for the ids asked', async () => {
    const response = await get('/api/coingecko/markets?vs_currency=usd&ids=bittensor,near,bittensor');
    const rows = (await response.json()) as Record<string, unknown>[];
    expect(rows.map((row) => row['id'])).toEqual(['bittensor', 'near']);
    for (const key of [
      'id',
      'symbol',
      'name',
      'image',
      'current_price',
      'market_cap',
      'market_cap_rank',
      'fully_diluted_valuation',
      'total_volume',
      'high_24h',
      'low_24h',
      'price_change_24h',
      'price_change_percentage_24h',
      'market_cap_change_24h',
      'market_cap_change_percentage_24h',
      'circulating_supply',
      'total_supply',
      'max_supply',
      'ath',
      'ath_change_percentage',
      'ath_date',
      'atl',
      'atl_change_percentage',
      'atl_date',
      'roi',
      'last_updated',
    ])
      expect(rows[0]).toHaveProperty(key);
    expect(Number(response.headers.get('age'))).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['/api/coins/bittensor?currencies=eur', 'unknown: currencies; the parameters are currency'],
    ['/api/coins/bittensor?currency=eur&currency=eur', 'currency is there more than once'],
    ['/api/faq?q=halving&language=de', 'unknown: language; the parameters are q'],
    ['/api/ask?q=/price%20tao&q=/price%20near', 'q is there more than once'],
    ['/api/ask?q=/price%20tao&locale=de&locale=fr', 'locale is there more than once'],
    ['/api/ask?q=/price%20tao&locale=deutsch!', 'locale is no language tag'],
    ['/api/subnets?sort=price', 'unknown: sort; there are no parameters'],
    ['/api/subnets/64?currency=eur', 'unknown: currency; there are no parameters'],
    [
      '/charts/bittensor.png?curency=eur&ranges=1y',
      'unknown: curency, ranges; the parameters are range, currency, theme, canvas, at',
    ],
    ['/charts/bittensor.png?theme=lihgt', 'theme is dark or light'],
    ['/charts/bittensor.png?canvas=phone&canvas=wide', 'canvas is there more than once'],
    ['/charts/bittensor.png?canvas=mobile', 'canvas is wide, phone or share'],
    [
      '/charts/compare.png?coins=bittensor,near&currency=eur',
      'unknown: currency; the parameters are range, theme, canvas, at, coins',
    ],
  ])('says of %s what would have been dropped', async (path, words) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([400, { error: expect.stringContaining(words) }]);
  });

  it('takes what its own cards and Slack write into the address of a picture', async () => {
    const own = 'range=7d&currency=usd&theme=light&canvas=phone&at=29000000';
    expect((await get(`/charts/bittensor.png?${own}`)).status).toBe(200);
  });

  it('reads a question that is written in two parts as one', async () => {
    const page = await (await get('/ask?q=price%20tao&q=near')).text();
    expect(page).toMatch(/TAO[^]*NEAR/);
  });

  it('takes a list that is written as a repeated parameter', async () => {
    const response = await get('/api/coingecko/markets?vs_currency=usd&ids=bittensor&ids=near');
    const rows = (await response.json()) as Record<string, unknown>[];
    expect(rows.map((row) => row['id'])).toEqual(['bittensor', 'near']);
    expect((await get('/charts/compare.png?coins=bittensor&coins=near')).status).toBe(200);
  });

  it.each([
    '/api/coingecko/markets',
    '/api/coingecko/markets?vs_currency=usd&vs_currency=eur&ids=bittensor',
    '/api/coins/bittensor?currency=usd&currency=eur',
    '/charts/bittensor.png?range=7d&range=1y',
    '/api/coingecko/markets?vs_currency=zzz&ids=bittensor',
    '/api/coingecko/markets?vs_currency=usd&ids=../ping',
    '/api/coingecko/markets?vs_currency=usd&ids=',
    '/api/faq',
    '/api/ask',
    '/charts/bittensor.png?range=2w',
  ])('%s is a 400 with a JSON error', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await response.json()).toHaveProperty('error');
  });

  it('gives a FAQ answer with source and date, or suggestions', async () => {
    const sure = (await json('/api/faq?q=when%20is%20the%20next%20TAO%20halving%3F')) as {
      answer: { id: string; text: string; sources: unknown[]; asOf: string } | null;
      confidence: number;
    };
    expect(sure.answer?.id).toBe('halving');
    expect(sure.answer?.sources.length).toBeGreaterThan(0);
    expect(sure.answer?.text).not.toMatch(/\{\{/);
    const unsure = (await json('/api/faq?q=what%20is%20a%20network%20mask')) as {
      answer: unknown;
      suggestions: unknown[];
    };
    expect(unsure.answer).toBeNull();
    expect(unsure.suggestions.length).toBeLessThanOrEqual(3);
  });

  it('gives any card, as data', async () => {
    const { card } = (await json('/api/ask?q=/coin%20tao')) as {
      card: { kind: string; outcome: string; title: string };
    };
    expect(card).toMatchObject({ kind: 'coin', outcome: 'ok', title: 'Bittensor (TAO)' });
    expect(await json('/api/coins/bittensor')).toMatchObject({
      profile: { id: 'bittensor' },
      quote: { price: 250.28 },
    });
  });

  it('serves the chart as a picture', async () => {
    const response = await get('/charts/bittensor.png?range=7d&currency=usd&theme=light');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });
});

it('says when to come back while too many pictures wait, and chats go on', async () => {
  const { charts } = site.core.services;
  const waiting = Array.from({ length: 60 }, (_, seed) =>
    charts.png({ ...price, points: walk(seed, 169) }, 'web').catch(() => null),
  );
  const response = await get('/charts/near.png?range=7d&theme=light');
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.text()).toContain('try again in 5 s');
  expect((await charts.png({ ...price, points: walk(1000, 169) })).byteLength).toBeGreaterThan(1000);
  await Promise.all(waiting);
});

describe('what a visitor sends', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '/coin <b>x</b>',
    '/coin __proto__',
    '@everyone [x](http://evil)',
    '\u202Etao',
    'a'.repeat(5000),
  ])('stays text: %s', async (text) => {
    const response = await get(`/?q=${encodeURIComponent(text)}`);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).not.toContain('\u202E'); // it would turn what follows around
    expect(page).not.toMatch(/<script(?! src="\/page.js" defer>)|<img src=x|<b>x<\/b>|href="http:\/\/evil/);
  });

  it('cannot manage anything', async () => {
    const { card } = (await json('/api/ask?q=/faq-gaps')) as { card: { outcome: string } };
    expect(card.outcome).toBe('refused');
  });
});

describe('health', () => {
  it('is ready while a platform that is on is connected and everything needed is well', async () => {
    expect((await get('/livez')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    site.checks = [{ name: 'discord', ok: false, detail: 'reconnecting' }];
    const response = await get('/readyz');
    site.checks = [];
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ ok: false, checks: [{ name: 'discord', ok: false }] });
    const discord = { name: 'discord', ok: true, detail: 'connected' };
    site.checks = [discord, { name: 'slack', ok: false, detail: 'reconnecting' }];
    expect((await get('/readyz')).status).toBe(200);
    site.checks = [discord, { name: 'deliveries', ok: false, detail: 'last tick 45 s ago', needed: true }];
    expect((await get('/readyz')).status).toBe(503);
    site.checks = [discord, { name: 'deliveries', ok: true, detail: 'last tick 1 s ago', needed: true }];
    expect((await get('/readyz')).status).toBe(200);
    site.checks = [];
    expect(await (await get('/metrics')).text()).toMatch(/^process_resident_memory_bytes \d+$/m);
  });
});
