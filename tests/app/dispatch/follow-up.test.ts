// "And in eur?" after an answer: what goes on from the wish before, of whom, and for how long.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { createFollowUps } from '../../../src/app/follow-up.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { readText } from '../../../src/app/reader/read.ts';
import type { SaidAnew } from '../../../src/app/reader/wishes/follow-up.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { MINUTE } from '../../../src/base/clock.ts';
import { createRecentAnswers } from '../../../src/faq/recent-answers.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeEach(async () => {
  core = await openTestCore();
});
afterEach(() => core.close());

async function say(
  text: string,
  {
    user = 'u',
    channel = 'c',
    platform = 'slack',
  }: { user?: string; channel?: string; platform?: 'slack' | 'web' } = {},
): Promise<Card> {
  return await core.dispatch({
    platform,
    ...readText(text, COMMANDS, vocabularyOf(core.services)),
    user: { id: user, canManage: false },
    place: { tenant: 't', channel },
    locale: 'en',
    via: 'text',
  });
}

/** The words of a card that say what it is about. */
function about(card: Card): string {
  const chart = card.blocks.find((block) => block.kind === 'chart');
  return `${card.title} ${plainText(card)} ${chart?.chart.title ?? ''}`;
}

it.each([
  ['btc', 'and in eur?', 'Bitcoin (BTC)', '€'],
  ['btc eur', 'what about near', 'NEAR Protocol price', '€'],
  ['chart near 30d', 'and tao', 'Bittensor (TAO) in USD, 30d', '$'],
  ['price near', 'what about 90d?', 'NEAR Protocol (NEAR) in USD, 90d', '$'],
  ['10 tao in usd', 'and in gbp?', '10 TAO in GBP', '£'],
  ['10 tao in usd', 'and near?', '10 NEAR in USD', '$'],
  ['compare tao near', 'and btc?', 'TAO vs NEAR vs BTC', 'BTC'],
  ['compare tao near', 'in chf', 'Prices', 'CHF'],
  ['market cap of tao', 'and near?', 'NEAR Protocol market cap', '$'],
  ['price near', 'and the chart', 'NEAR Protocol (NEAR) · 7d', '$'],
  ['btc eur', 'show me the chart', 'Bitcoin (BTC) · 7d', '€'],
  ['chart btc', 'and the price?', 'Bitcoin price', '$'],
  ['btc', 'its market cap', 'Bitcoin (BTC)', '$'],
  ['near', 'vs btc', 'NEAR vs BTC', 'BTC'],
  ['near', 'compare it with btc', 'NEAR vs BTC', 'BTC'],
  ['10 tao in usd', 'and 20?', '20 TAO in USD', '$'],
  ['btc eur', 'what about 5?', '5 BTC in EUR', '€'],
  ['btc eur', 'again', 'Bitcoin price', '€'],
  ['10 near in usd', 'refresh', '10 NEAR in USD', '$'],
  ['subnet 64', 'what about 90d?', 'SN64', '90d'],
  ['subnet 64', 'and the price?', 'SN64', '$'],
  ['price near', 'what about 45d?', 'NEAR Protocol (NEAR) · 30d', "I don't have a range of 45d, so this is 30d."],
  ['compare tao near', '8 days', 'TAO vs NEAR', "I don't have a range of 8 days, so this is 7d."],
])('"%s", then "%s"', async (first, second, title, money) => {
  await say(first);
  const said = about(await say(second));
  expect(said).toContain(title);
  expect(said).toContain(money);
});

it.each([
  ['and the chart', 'Bittensor (TAO) · 7d'],
  ['vs btc', 'TAO vs BTC'],
  ['again', 'Not sure'],
  ['and 20?', 'Not sure'],
])('"%s" with nothing before it', async (text, title) => {
  expect(about(await say(text))).toContain(title);
});

it('belongs to one person in one channel; the web page remembers nobody', async () => {
  await say('btc');
  expect(about(await say('and in eur?', { user: 'another' }))).toContain('Bittensor price');
  expect(about(await say('and in eur?', { channel: 'another' }))).toContain('Bittensor price');
  await say('btc', { platform: 'web' });
  expect(about(await say('and in eur?', { platform: 'web' }))).toContain('Bittensor price');
});

it('is forgotten after ten minutes, and a refusal does not take its place', () => {
  let time = 1;
  const followUps = createFollowUps(createRecentAnswers(() => time));
  const request = (args: Record<string, string>, follows?: SaidAnew) => ({
    platform: 'slack' as const,
    command: 'price',
    args,
    user: { id: 'u', canManage: false },
    place: { tenant: 't', channel: 'c' },
    locale: 'en',
    via: 'text' as const,
    ...(follows === undefined ? {} : { follows }),
  });
  const card = (outcome: Card['outcome']): Card => ({ kind: 'price', outcome, tone: 'info', title: '', blocks: [] });
  followUps.remember(request({ coins: 'btc' }), card('ok'));
  followUps.remember(request({ coins: 'nosuch' }), card('not-found'));
  expect(followUps.resolve(request({ currency: 'eur' }, { currency: 'eur' })).args).toEqual({
    coins: 'btc',
    currency: 'eur',
  });
  time += 10 * MINUTE + 1;
  expect(followUps.resolve(request({ currency: 'eur' }, { currency: 'eur' })).args).toEqual({ currency: 'eur' });
});
