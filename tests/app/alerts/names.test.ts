// Alerts on subnets by name, in one line, and what their echo says of the way that is left.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { openSampleCore } from '../../fakes/core.ts';
import { wish } from './wish.ts';

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

const said = async (text: string): Promise<string> => plainText((await wish(core, text)).card);

it.each([
  ['/alert chutes removal', 'Chutes (SN64) next in line for removal'],
  ['tell me when chutes drops 10% in a day', 'Chutes (SN64) −10% in 24 h'],
  ['/alert chutes above 0.1 tao', 'Chutes (SN64) above 0.1000 TAO'],
  ['/alert create tao above 300 in eur', 'TAO above €300.00'],
  ['/alert tao above 310 always in eur', 'TAO above €310.00'],
  ['alert me when tao is above 320 in euros', 'TAO above €320.00'],
  ['/alert nosuchthing removal', 'I did not understand "nosuchthing"'],
])('%s', async (text, words) => {
  expect(await said(text)).toContain(words);
});

it.each([
  ['/alert tao above 300', /Now: [\d.]+% to go from \$250\.28/],
  ['/alert tao -5% 1h', /Now: [▲▼] [+−][\d.]+% in 1 h/],
  ['/alert halving', /Now: [\d.]+% of the way/],
])('%s says how far it is', async (text, now) => {
  expect(await said(text)).toMatch(now);
});
