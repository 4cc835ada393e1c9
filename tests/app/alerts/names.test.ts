// Alerts on subnets by name, in one line, and what their echo says of the way that is left.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { openSampleCore, SAMPLE_TIME } from '../../fakes/core.ts';
import { wish } from './wish.ts';
import { DAY } from '../../../src/base/clock.ts';

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
  // a small coin has such a ticker: what stands beside a named coin is no other one
  ['/alert create tao above 330 90d', 'I did not understand "90d"'],
  ['/alert create tao -7% 90d', 'I did not understand "90d"'],
  ['/alert create tao above 330 expires 90d', 'TAO above $330.00'],
  ['/alert create tao above 340 expires 90', 'TAO above $340.00'],
  ['/alert create halving 90%', 'the next halving at 90%, 99% and done'],
  ['alert me when the next halving is 99% done', 'the next halving at 90%, 99% and done'],
  ['/alert create emission 10%', 'switched on or off'],
  ['/alert create supply 10%', 'nothing else'],
  ['/alert create tao above 300 volume 5b', 'nothing else'],
  ['/alert create halving 50%', 'The halving is told at 90%, at 99% and when it is done'],
])('%s', async (text, words) => {
  expect(await said(text)).toContain(words);
});

it('an end said by the name of its option counts', async () => {
  const end = Temporal.Instant.fromEpochMilliseconds(SAMPLE_TIME + 200 * DAY).toZonedDateTimeISO('UTC');
  const text = await said('/alert create tao above 350 expires 200d');
  expect(text).toContain(`Until: ${end.day} ${end.toLocaleString('en', { month: 'short' })} ${end.year}`);
});

it('a coin without a price right now is said to have none', async () => {
  expect(await said('/alert create $90D above 5')).toContain('Now: no price yet; it counts from the first one');
});

it('who waits for the halving is told at each of its marks, not at the first one alone', async () => {
  expect(await said('/alert halving daily')).toContain('at most once a day');
  expect(await said('alert me at the halving')).toContain('Tells: you, in a direct message, at each of these');
});

it.each([
  ['/alert tao above 300', /Now: [\d.]+% to go from \$250\.28/],
  ['/alert tao -5% 1h', /Now: [▲▼] [+−][\d.]+% in 1 h/],
  ['/alert halving', /Now: [\d.]+% of the way/],
])('%s says how far it is', async (text, now) => {
  expect(await said(text)).toMatch(now);
});
