// Coins and subnets with hostile names on our pages, in the API, in metrics, in logs and at the tools of assistants.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSubnetSite, type SubnetSite } from '../web/subnets/subnet-site.ts';
import { ENTRIES, faultsOf, textsIn } from './names.ts';

const netuidOf = (index: number) => 128 - index;

/** All pages that show a name. */
const PATHS = ENTRIES.flatMap((_, index) => [
  `/coins/coin-${index}`,
  `/subnets/${netuidOf(index)}`,
  `/ask?q=${encodeURIComponent(`/price coin-${index} sn${netuidOf(index)}`)}`,
  `/ask?q=${encodeURIComponent(`/compare coin-${index} tao`)}`,
]).concat(['/subnets', '/subnets?sort=risk', '/', '/sitemap.xml']);

/** Element names with the names of their attributes: what a name could break. */
const shapes = (page: string): string[] =>
  Array.from(
    page.matchAll(/<(\/?[a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/giu),
    ([, element = '', attributes = '']) =>
      [element, ...attributes.matchAll(/([\w:-]+)(?:="[^"]*")?/gu).map(([, name]) => name)].join(' '),
  );
const pages = async (): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const path of PATHS) found.set(path, await site.text(path));
  return found;
};

let site: SubnetSite;
let known: ReadonlySet<string>;
let seen: ReadonlyMap<string, string>;
beforeAll(async () => {
  site = await openSubnetSite({ minutes: 0, hours: 30 });
  for (const [index] of ENTRIES.entries())
    site.core.gecko.set(`coin-${index}`, { name: `Name ${index}`, symbol: `N${index}`, price: 3 });
  await site.minutes(8);
  known = new Set([...(await pages()).values()].flatMap(shapes));
  for (const [index, [, name]] of ENTRIES.entries()) {
    site.core.gecko.set(`coin-${index}`, { name, symbol: name.slice(0, 30) });
    const subnet = site.world.subnet(netuidOf(index));
    Object.assign(subnet, { name, symbol: name.slice(0, 9) });
    if (subnet.identity !== null)
      Object.assign(subnet.identity, { name, url: name, github: name, discord: name, description: name.slice(0, 900) });
  }
  await site.minutes(8);
  seen = await pages();
});
afterAll(() => site.close());

it('pages have no element and no attribute that ours have not, nothing hidden, and no address of theirs', () => {
  for (const [path, page] of seen) {
    expect([path, faultsOf(page)]).toEqual([path, []]);
    expect([path, shapes(page).filter((shape) => !known.has(shape) && !/^\/?strong$/.test(shape))]).toEqual([path, []]);
    expect(page).not.toMatch(/(?:href|src|srcset)="(?:javascript|https:\/\/evil)|<script(?! src="\/page.js" defer>)/u);
  }
  expect(seen.get('/subnets')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

it('figures and logs do not name them', async () => {
  const told = [await site.text('/metrics'), ...site.core.lines].join('\n');
  const names = ENTRIES.map(([, name]) => name.trim()).filter((name) => /^(?!x{9})\p{ASCII}{9,}$/u.test(name));
  expect(names.length).toBeGreaterThan(6);
  for (const name of names) expect(told).not.toContain(JSON.stringify(name.slice(0, 20)).slice(1, -1));
});

it('the API has plain values', async () => {
  const answer = await site.get('/api/subnets');
  expect(answer.status).toBe(200);
  expect(textsIn(await answer.json()).flatMap(faultsOf)).toEqual([]);
});
