// The moving numbers that FAQ answers may mention, read live, each with its age; unknown ones are absent and their sentence is left out.
import type { CommandContext } from '../command.ts';
import { date } from '../../format/dates.ts';
import { age, statesChange } from '../../format/freshness.ts';
import { amount, change, compactMoney, money } from '../../format/numbers.ts';
import { BLOCKS_PER_DAY, emissionPerBlockRao, taoOf } from '../../base/tao.ts';
import { nextHalving } from './halving.ts';
import { jumpWords, recentJump } from './issuance-jump.ts';
import { halvingMonths } from './network.ts';
import { showsChange } from '../subnets/figures.ts';
import { originWords } from '../blocks/quote.ts';
import type { PlaceholderValues } from '../../content/fill-placeholders.ts';
import type { Paragraph } from '../../content/prose.ts';
import type { ChainState } from '../../chain/chain.ts';
import type { SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Quote } from '../../market/market.ts';

type Value = [name: Parameters<PlaceholderValues['get']>[0], text: string];

/** The coin that the FAQ is about. */
const COIN = 'bittensor';

/** The paragraphs with live values put in; nothing is asked for when they mention none. */
export async function withLiveValues(paragraphs: readonly Paragraph[], context: CommandContext): Promise<Paragraph[]> {
  const isMoving = paragraphs.some((paragraph) =>
    paragraph.some((span) => typeof span !== 'string' && span.kind === 'placeholder'),
  );
  return context.services.content.fill(paragraphs, isMoving ? await liveValues(context) : new Map());
}

export async function liveValues(context: CommandContext): Promise<PlaceholderValues> {
  const { market, chain, subnets, defaults } = context.services;
  const [quotes, reading, { snapshot }] = await Promise.all([
    market.quotes([COIN], defaults.currency),
    chain.state(),
    subnets.snapshot(),
  ]);
  const quote = quotes.get(COIN).quote;
  return new Map([
    ...(quote === null ? [] : priceValues(quote, context)),
    ...(snapshot === null ? [] : subnetValues(snapshot, context)),
    ...(reading.state === null ? [] : chainValues(reading.state, snapshot, context)),
  ]);
}

function priceValues(quote: Quote, { request, now }: CommandContext): Value[] {
  const { locale } = request;
  const dated = (text: string) => `${text} (${originWords(quote, now)})`;
  const values: Value[] = [['price', dated(money(quote.price, quote.currency, locale))]];
  if (quote.marketCap !== null)
    values.push(['marketCap', dated(compactMoney(quote.marketCap, quote.currency, locale))]);
  if (quote.volume24h !== null)
    values.push(['volume24h', dated(compactMoney(quote.volume24h, quote.currency, locale))]);
  if (quote.change24h !== null && statesChange(quote.at, now))
    values.push(['change24h', dated(change(quote.change24h, locale).text)]);
  if (quote.ath !== null && quote.ath > 0) values.push(['allTimeHigh', dated(highText(quote.ath, quote, locale))]);
  return values;
}

function highText(high: number, { athAt, currency }: Quote, locale: string): string {
  return `${money(high, currency, locale)}${athAt === null ? '' : ` on ${date(athAt, locale)}`}`;
}

function subnetValues(snapshot: SubnetSnapshot, { request, now }: CommandContext): Value[] {
  const { locale } = request;
  const { immunityBlocks, registrationCostTao } = snapshot.network;
  const read = snapshot.source === 'sample data' ? 'sample data' : `read ${age(now - snapshot.blockAt)}`;
  const values: Value[] = [['subnetCount', `${amount(snapshot.subnets.length, locale, 0)} (${read})`]];
  if (registrationCostTao !== null && showsChange(snapshot, now))
    values.push(['newSubnetPrice', `${amount(registrationCostTao, locale, 2)} TAO (${read})`]);
  if (immunityBlocks !== null) {
    const days = amount(immunityBlocks / BLOCKS_PER_DAY, locale, 0);
    values.push(['subnetProtection', `${amount(immunityBlocks, locale, 0)} blocks, about ${days} days (${read})`]);
  }
  return values;
}

function chainValues(state: ChainState, snapshot: SubnetSnapshot | null, { request, now }: CommandContext): Value[] {
  const { locale } = request;
  const read = state.isSample === true ? 'sample data' : `read ${age(now - state.at)}`;
  const perBlock = taoOf(emissionPerBlockRao(state.issuanceRao));
  const values: Value[] = [
    ['issuance', `${amount(taoOf(state.issuanceRao), locale, 0)} TAO (${read})`],
    ['blockHeight', `${amount(state.block, locale, 0)} (${read})`],
    ['emissionPerBlock', `${amount(perBlock, locale, 9)} TAO`],
    ['emissionPerDay', `${amount(perBlock * BLOCKS_PER_DAY, locale, 2)} TAO`],
  ];
  const next = nextHalving(state.issuanceRao, state.at);
  if (next !== null)
    values.push(
      ['nextHalvingThreshold', `${amount(next.thresholdTao, locale, 0)} TAO`],
      ['nextHalvingEstimate', `${halvingMonths(next, locale)} (${read}${jumpWords(recentJump(snapshot), locale)})`],
    );
  return values;
}
