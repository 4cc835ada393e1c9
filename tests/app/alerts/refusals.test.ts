// Wishes for alerts that cannot be kept are refused with what can be had; they are never taken for a question.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { wish } from './wish.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function said(text: string): Promise<string> {
  const { command, card } = await wish(core, text);
  expect(command).toBe('alert create');
  expect(card.outcome).not.toBe('ok');
  return plainText(card);
}

it.each([
  ['alert me if sn64 emission is above 2%', 'switched on or off'],
  ['notify me when the emission of subnet 8 reaches 3%', 'switched on or off'],
  ['alert me when tao volume is above 1b', 'nothing else'],
  ['set an alert for tao market cap over 5b', 'nothing else'],
  ['warn me when staking apy drops below 10%', 'nothing else'],
  ['alert me when tao drops by 100 dollars', 'not an amount'],
  ['alert me when tao rises by $20', 'not an amount'],
  ['tell me when btc falls by another 1000 dollars', 'not an amount'],
  ['alert me when tao drops 100 dollars', 'not an amount'],
  ['alert me if tao loses 50 eur', 'not an amount'],
  ['alert me if tao gains $20', 'not an amount'],
  ['alert me when tao jumps $50', 'not an amount'],
  ['tell me when tao jumps $50', 'not an amount'],
  ['tell me when sn64 gains 0.05 tao', 'not an amount'],
  ['let me know if tao is up 50', 'not an amount'],
  ['avísame cuando tao suba $50', 'not an amount'],
  ['avísame cuando btc caiga 1000 dólares', 'not an amount'],
  ['sag mir bescheid wenn tao um 100 dollar steigt', 'not an amount'],
  ['sag mir wenn tao um 100 dollar steigt', 'not an amount'],
  ['préviens-moi quand tao monte de 20 dollars', 'not an amount'],
  ['alert me when tao crashes', 'Say how far'],
  ['tell me when tao drops', 'Say how far'],
  ['alert me when tao moves 5% in 2h', '1h, 24h or 7d'],
  ['/alert tao +5% 12h', '1h, 24h or 7d'],
  ['/alert tao 0% 24h', 'more than zero'],
  ['/alert tao above 300 every hour', 'once, daily or always'],
  ['/alert tao above 300 weekly', 'once, daily or always'],
  ['/alert tao outside 300-400', 'watches one price'],
  ['notify me when the moon is full', '"the moon is full"'],
])('%s', async (wish, words) => {
  const answer = await said(wish);
  expect(answer).toContain(words);
  if (!answer.startsWith('Which price?')) expect(answer).toContain('/alert create tao above 300');
});
