// Pages as people and search engines meet them: front page, answers that can be shared, coins, what is not there, what links unfurl to.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../fakes/web.ts';
import { spansHtml } from '../../src/web/pages/card.ts';

const PUBLIC = 'https://tao.example';
let site: TestSite;
beforeAll(async () => {
  site = await openTestSite({ settings: { PUBLIC_URL: PUBLIC } });
});
afterAll(() => site.close());

const text = async (path: string) => (await site.get(path)).text();
type Part = {
  type: number;
  content?: string;
  style?: number;
  items?: { media: { url: string } }[];
  components?: Part[];
};
const attributeTo = (page: string, start: string, end: string) => page.split(start)[1]?.split(end)[0] ?? '';
const attribute = (page: string, start: string) => page.split(start)[1]?.split('"')[0];

describe('the front page', () => {
  it('shows TAO with its week and the way to the halving, and the coins in one line each', async () => {
    const page = await text('/');
    for (const words of [
      '<span class="price">$250.28<',
      'class="week line up"',
      'of the way to halving #2',
      'CoinGecko, ',
      'What is a subnet?',
      'id="add"',
    ])
      expect(page).toContain(words);
    expect(page.match(/class="spark line (?:up|down|flat)"/g)).toHaveLength(9);
    expect(page.match(/All prices by CoinGecko, (?:the oldest )?\d+ s ago/g)).toHaveLength(1);
    expect(page).not.toMatch(/<script|undefined|NaN|\[object|\{\{/);
  });

  it('sends links of the past on to the answers', async () => {
    const moved = await fetch(`${site.base}/?q=what+is+a+subnet%3F`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/ask?q=what+is+a+subnet%3F']);
    const empty = await fetch(`${site.base}/ask?q=+`, { redirect: 'manual' });
    expect([empty.status, empty.headers.get('location')]).toEqual([302, '/']);
  });
});

it('the colour of the browser around a page is that of its ground, in light and in dark', async () => {
  const grounds = [...(await text('/style.css')).matchAll(/--ground:\s*(#\w{6})/g)].map(([, colour]) => colour);
  expect(grounds).toHaveLength(2);
  for (const path of ['/', '/coins/bittensor', '/subnets', '/ask?q=what+is+a+subnet', '/no-such-page']) {
    const page = await text(path);
    const colours = ['light', 'dark'].map(
      (scheme) =>
        new RegExp(`name="theme-color" content="(#\\w{6})" media="\\(prefers-color-scheme: ${scheme}\\)"`).exec(
          page,
        )?.[1],
    );
    expect([path, ...colours]).toEqual([path, ...grounds]);
  }
});

describe('an answer', () => {
  it('has a title, a description and an address of its own', async () => {
    const page = await text('/ask?q=whats+a+subnet');
    expect(page).toContain('<title>What is a Bittensor subnet? – taobot</title>');
    expect(attribute(page, 'name="description" content="')).toMatch(/^A subnet is a numbered market .{60,} …$/);
    expect(attribute(page, 'rel="canonical" href="')).toBe(`${PUBLIC}/ask?q=What+is+a+Bittensor+subnet%3F`);
    expect(page).not.toMatch(/noindex|class="coins|DISCORD_TOKEN/);
  });

  it.each(['what is a network mask', '/price tao', '<b>x</b>'])('is not for search engines: %s', async (question) => {
    const page = await text(`/ask?q=${encodeURIComponent(question)}`);
    expect(page).toContain('<meta name="robots" content="noindex" />');
    expect(page).not.toContain('rel="canonical"');
  });

  it('stands at the address that the list for search engines gives, for every question', async () => {
    const list = await text('/sitemap.xml');
    const paths = [...list.matchAll(/<loc>https:\/\/tao\.example([^<]*)<\/loc>/g)].map((match) => match[1] ?? '');
    const { coins, faq } = site.core.services.content;
    const aboutUs = [...faq.values()].filter(({ tags }) => tags.includes('bot'));
    expect(paths).toHaveLength(2 + coins.size + faq.size - aboutUs.length);
    for (const path of paths) {
      const response = await site.get(path);
      expect([path, response.status]).toEqual([path, 200]);
      const page = await response.text();
      expect([path, attribute(page, 'rel="canonical" href="')]).toEqual([path, `${PUBLIC}${path}`]);
    }
    expect(await text('/robots.txt')).toContain(`Sitemap: ${PUBLIC}/sitemap.xml`);
  });
});

describe('the page of a coin', () => {
  it('numbers its sources from 1 in the order of the page, each once, each with its line', async () => {
    for (const id of site.core.services.content.coins.keys()) {
      const page = await text(`/coins/${id}`);
      const marks = [...page.matchAll(/href="#source-(\d+)"[^>]*>\[(\d+)\]</g)].map((match) => {
        expect(match[1]).toBe(match[2]);
        return Number(match[1]);
      });
      const first = [...new Set(marks)];
      expect(first).toEqual(first.map((_, index) => index + 1));
      expect(page.match(/<li id="source-\d+">/g)).toHaveLength(first.length);
    }
  });

  it('has ranges as links, what a coin is worth elsewhere, and sections that stand open except on phones', async () => {
    const page = await text('/coins/bittensor?range=30d');
    expect(page).toContain('<a class="button active" aria-current="true" href="/coins/bittensor?range=30d">30d</a>');
    expect(page).toContain('/charts/bittensor.png?range=30d');
    expect(page).toMatch(/1 TAO =\s+\$250\.28 · €[\d.]+ · £[\d.]+ · ¥[\d,]+ · 0\.00\d+ BTC/);
    expect(page).toMatch(/<details class="part" id="how-it-works" open>/);
    const phone = await fetch(`${site.base}/coins/bittensor`, { headers: { 'sec-ch-ua-mobile': '?1' } });
    expect(await phone.text()).toMatch(/<details class="part" id="how-it-works" >/);
  });

  it('is there without a profile, too, but not for search engines', async () => {
    const page = await text('/coins/bitcoin');
    expect(page).toMatch(/<h1>\s*<bdi>Bitcoin<\/bdi>/);
    expect(page).toContain('noindex');
    expect(page).toContain('There is no profile of Bitcoin');
  });
});

describe('a shared link', () => {
  it('says price, change and name, with a picture of the size that previews take', async () => {
    const page = await text('/coins/bittensor');
    expect(attribute(page, 'property="og:title" content="')).toMatch(/^TAO \$250\.28 ▲ \+3\.60% – Bittensor$/);
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image" />');
    const image = attribute(page, 'property="og:image" content="')?.replaceAll('&amp;', '&') ?? '';
    expect(image.startsWith(`${PUBLIC}/charts/bittensor.png?`)).toBe(true);
    const png = await (await site.get(image.slice(PUBLIC.length))).arrayBuffer();
    const { width, height } = await sharp(Buffer.from(png)).metadata();
    expect([width, height]).toEqual([1200, 630]);
  });

  it('is a card in Discord, within the rules for component embeds, beside the Open Graph tags', async () => {
    // https://docs.discord.com/developers/link-previews/component-embeds
    const page = await text('/coins/bittensor');
    const json = attributeTo(page, '<script id="discord:component-embed" type="application/json">', '</script>');
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(3000);
    const document = JSON.parse(json) as { component: Part };
    expect(Object.keys(document)).toEqual(['component']);
    expect(document.component).toMatchObject({ type: 17, accent_color: 0x16a34a });
    const parts = document.component.components ?? [];
    const all = parts.flatMap((part) => [part, ...(part.components ?? [])]);
    expect(all.map(({ type }) => type)).toEqual([10, 12, 10, 1, 2, 2, 2]);
    expect(parts[0]?.content).toContain('# $250.28 ▲ +3.60%\n');
    expect(parts[0]?.content).toMatch(/past 24 h · rank \\#\d+ · \[CoinGecko\]\(https:[^)]*\), <t:\d+:R>$/);
    expect(parts[2]?.content).toMatch(/^\*\*7 d\*\* ▲ \+1\.\d+%\u2002/);
    for (const button of all.filter(({ type }) => type === 2)) {
      expect(Object.keys(button).toSorted()).toEqual(['label', 'style', 'type', 'url']); // any other key invalidates all of it
      expect(button.style).toBe(5);
    }
    const image = parts[1]?.items?.[0]?.media.url ?? '';
    expect(image.startsWith(`${PUBLIC}/charts/`)).toBe(true);
    expect((await site.get(image.slice(PUBLIC.length))).headers.get('content-type')).toBe('image/png');
  });

  it('names no address while nobody said where the page is reachable', async () => {
    const local = await openTestSite();
    try {
      const page = await (await local.get('/coins/bittensor')).text();
      expect(page).toContain('property="og:title"');
      expect(page).not.toMatch(/og:image|og:url|canonical|discord:component-embed/);
      expect((await local.get('/sitemap.xml')).status).toBe(404);
      expect(await (await local.get('/robots.txt')).text()).not.toContain('Sitemap');
    } finally {
      await local.close();
    }
  });

  it.each([
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
    ['/apple-touch-icon.png', 'image/png'],
    ['/favicon.ico', 'image/png'],
    ['/fonts/inter-500.woff2', 'font/woff2'],
    ['/fonts/inter-700.woff2', 'font/woff2'],
  ])('has %s', async (path, type) => {
    const response = await site.get(path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  });
});

describe('what is not there or broke', () => {
  it.each(['/nothing', '/coins/nothing', '/coins/__proto__', '/coins/%00', '/coins/%', '/coins/-near-'])(
    '%s is a page of 404 that leads on',
    async (path) => {
      const response = await site.get(path);
      const page = await response.text();
      expect(response.status).toBe(404);
      expect(page).toContain('<button>Ask</button>');
      expect(page).toContain('noindex');
    },
  );

  it('is a page that says so, without a word of what broke', async () => {
    const { content } = site.core.services;
    const { index } = content;
    content.index = () => {
      throw new Error('secret detail');
    };
    try {
      const response = await site.get('/coins/bitcoin');
      const page = await response.text();
      expect(response.status).toBe(500);
      expect(page).toContain('Something broke on our side');
      expect(page).toContain('<button>Ask</button>');
      expect(page).not.toContain('secret detail');
    } finally {
      content.index = index;
    }
  });
});

it.each([
  ['https://tao.example/a?b=c', 'https://tao.example/a?b=c'],
  ['/coins/near', '/coins/near'],
  ['//evil.example', '#'],
  ['/\\evil.example', '#'], // browsers read a backslash as a slash
  ['/\t/evil.example', '#'], // and leave tabs and line breaks out (https://url.spec.whatwg.org/#url-parsing)
  ['/\n\\evil.example', '#'],
  ['javascript:alert(1)', '#'],
  ['http://tao.example', '#'],
])('a link to %j leads to %s', async (href, shown) => {
  const [link] = spansHtml([{ kind: 'link', text: 'x', href }]);
  expect((await link)?.toString()).toBe(`<a href="${shown}" rel="noopener nofollow">x</a>`);
});
