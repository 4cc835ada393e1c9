// Subnets on the web as a visitor reads them: all in one table, one by one, without script, whatever their owners wrote.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubnetSite, type SubnetSite } from './subnet-site.ts';

let site: SubnetSite;
beforeAll(async () => {
  site = await openSubnetSite({ minutes: 0, hours: 30 });
  site.world.subnet(64).name = 'Chutes';
  site.world.subnet(7).emissionOn = false;
  site.world.subnet(12).registeredAt = site.world.final() - 7_200;
  const { price } = site.world;
  site.world.price = (netuid, block) => Math.round(price(netuid, block) * (netuid === 5 ? 1.2 : 1));
  await site.minutes(6);
});
afterAll(() => site.close());

const rowsOf = (page: string) =>
  [...page.matchAll(/<th scope="row">\s*<a href="\/subnets\/(\d+)">/g)].map((match) => Number(match[1]));

describe('the list', () => {
  it('has all 128, the largest first, with prices and ages, and no script', async () => {
    const response = await site.get('/subnets');
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(rowsOf(page)).toHaveLength(128);
    expect(rowsOf(page)[0]).toBe(128);
    for (const words of [
      '128 of 128',
      '962.89 τ',
      'Sum of alpha prices',
      'Bittensor chain (127.0.0.1:',
      'updated <time',
      'Price data by CoinGecko',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/<script(?! src="\/page.js" defer>)|undefined|NaN|\[object|\{\{/);
  });

  it('is linked from the navigation, the front page and the page of TAO', async () => {
    for (const path of ['/', '/coins/bittensor'])
      expect((await site.text(path)).match(/href="\/subnets"/g)).toHaveLength(2);
    expect((await site.text('/coins/near')).match(/href="\/subnets"/g)).toHaveLength(1);
  });

  it.each([
    ['price', 128],
    ['change', 5],
    ['cap', 128],
    ['emission', 1],
    ['new', 12],
    ['risk', 92],
  ])('is ordered by a link: %s begins with %i', async (sort, first) => {
    const page = await site.text(`/subnets?sort=${sort}`);
    expect(page).toContain(`<a class="button active" aria-current="true" href="/subnets?sort=${sort}"`);
    expect(page).toMatch(/aria-sort="(?:de|a)scending"/);
    expect(rowsOf(page)[0]).toBe(first);
    expect(rowsOf(page)).toHaveLength(128);
  });

  it('by place in the line says what the next removal is about', async () => {
    const page = await site.text('/subnets?sort=risk');
    expect(page).toContain('Subnet name 92 (SN92), moving price 0.001360 τ');
    expect(page).toContain('What happens at a removal?');
  });

  it('keeps on a phone what it is ordered by', async () => {
    const header = async (sort: string, label: string) =>
      new RegExp(`<th scope="col" class="([^"]*)"[^>]*>\\s*(?:<a[^>]*>)?${label}`).exec(
        await site.text(`/subnets?sort=${sort}`),
      )?.[1];
    expect(await header('emission', 'Emission')).toBe('number');
    expect(await header('emission', 'Cap τ')).toBe('number hide-small');
    expect(await header('price', 'Cap τ')).toBe('number');
  });

  it.each(['__proto__', 'constructor', '', '<script>'])(
    'takes an unknown order for the usual one: %s',
    async (sort) => {
      const page = await site.text(`/subnets?sort=${encodeURIComponent(sort)}`);
      expect(rowsOf(page)[0]).toBe(128);
      expect(page).not.toMatch(/<script(?! src="\/page.js" defer>)/);
    },
  );
});

describe('one', () => {
  it('has price, chart, figures with ages, identity, links and questions', async () => {
    const page = await site.text('/subnets/64?range=24h');
    for (const words of [
      '<bdi>Chutes (SN64)</bdi>',
      'of 128 by market cap',
      '<span class="price">0.008400 τ',
      '$2.1', // 0.0084 τ at $250.28
      '/charts/sn64.png?range=24h',
      '7.4K τ and 2M alpha',
      '0.78% of new TAO, on',
      'in line',
      'Next payout',
      'updated <time',
      'What subnet 64 does.',
      'not checked by anybody',
      '<a href="https://example-64.org/" rel="nofollow noopener">example-64.org</a>',
      '<a href="https://discord.gg/example" rel="nofollow noopener">discord.gg</a>',
      'Can a subnet be removed or deregistered?',
      'What would 10 TAO bring here right now?',
    ])
      expect(page).toContain(words);
    expect(page).not.toMatch(/<script(?! src="\/page.js" defer>)|undefined|NaN|\[object|\{\{/);
  });

  it('says that it is next, that it is protected, that its emission is off', async () => {
    expect(await site.text('/subnets/92')).toContain('next in line');
    expect(await site.text('/subnets/12')).toMatch(/protected until \d+ \w+ \d{4}, in 119 days/);
    expect(await site.text('/subnets/7')).toContain('switched off');
  });

  it.each(['/subnets/999', '/subnets/0', '/subnets/064', '/subnets/x', '/subnets/-1', '/subnets/%3Cscript%3E'])(
    'is a page of 404 that leads on: %s',
    async (path) => {
      const response = await site.get(path);
      const page = await response.text();
      expect(response.status).toBe(404);
      expect(page).toContain('<a href="/subnets">All subnets</a>');
      expect(page).not.toMatch(/<script(?! src="\/page.js" defer>)/);
    },
  );
});

describe('what owners write', () => {
  it('stays text, however it looks and however long it is', async () => {
    const hostile = await openSubnetSite({ minutes: 0 });
    try {
      const [markup, bidi, long] = [1, 2, 3].map((netuid) => hostile.world.subnet(netuid));
      Object.assign(markup as object, { name: '<script>alert(1)</script>"><img src=x onerror=alert(1)>' });
      Object.assign(markup?.identity as object, {
        url: 'javascript:alert(1)',
        github: 'https://github.com/x"onmouseover="alert(1)',
        discord: 'https://user:secret@evil.example/',
        description: '</blockquote><a href="https://evil.example">prize</a> @everyone {{price}}',
      });
      Object.assign(bidi as object, { name: 'a\u202Eevil\u2066\u200Bb', symbol: '\u202E\u202E' });
      Object.assign(long as object, { name: 'W'.repeat(100_000) });
      Object.assign(long?.identity as object, { description: 'w'.repeat(100_000) });
      await hostile.minutes(2);
      const pages = await Promise.all(
        ['/subnets', '/subnets/1', '/subnets/2', '/subnets/3'].map((path) => hostile.text(path)),
      );
      for (const page of pages) {
        expect(page).not.toMatch(
          /<script(?! src="\/page.js" defer>)|<img src=x|href="javascript|href="https:\/\/evil|secret@/i,
        );
        expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
        expect(page).not.toMatch(/\sonmouseover="/);
      }
      expect(pages[1]).toContain('&lt;script&gt;');
      expect(pages[1]).toContain('{{price}}');
      expect(Math.max(...pages.slice(1).map((page) => page.length))).toBeLessThan(30_000);
      expect(pages[3]).toContain(`${'W'.repeat(40)} (SN3)`);
    } finally {
      await hostile.close();
    }
  });
});

describe('while nothing was ever read', () => {
  it.each(['/subnets', '/subnets/64'])('%s says so with the reason', async (path) => {
    const silent = await openSubnetSite({ minutes: 0 });
    try {
      silent.node.fault = { kind: 'status', status: 502 };
      const response = await silent.get(path);
      expect(response.status).toBe(503);
      expect(await response.text()).toMatch(/Subnet data unavailable:<\/strong> \S.*\./);
    } finally {
      await silent.close();
    }
  });
});
