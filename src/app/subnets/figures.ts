// The figures of a subnet in words, each computed in one place: cards, lists, charts and digests say them alike.
import { BLOCK_MS } from '../../base/tao.ts';
import type { Span } from '../card.ts';
import { MINUTE } from '../../base/clock.ts';
import { date } from '../../format/dates.ts';
import { ageText, freshness, statesChange } from '../../format/freshness.ts';
import { amount, compactMoney, compactNumber, money, share } from '../../format/numbers.ts';
import { SAMPLE_AGE, SAMPLE_DATA, type View } from '../blocks/quote.ts';
import type { Subnet, SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { Quote } from '../../market/market.ts';

/** A block comes every twelve seconds. */
const SHORT_FROM = 1_000;
const FIVE_DIGITS = { minimumFractionDigits: 5, maximumFractionDigits: 5 };

/** "Chutes (SN64)": names can be shared, numbers cannot. */
export function subnetTitle({ name, netuid }: Pick<Subnet, 'name' | 'netuid'>): string {
  return `${name} (SN${netuid})`;
}

/** An amount of TAO as it is counted in chats: "0.0912 τ"; `compact` shortens large ones ("436K τ"). */
export function inTao(value: number, locale: string, { compact = false } = {}): string {
  return `${(compact ? shortTao : taoPrice)(value, locale)} τ`;
}

/** A price in TAO without its unit, for columns that say it: "0.0912", "0.001348". */
export function taoPrice(value: number, locale: string): string {
  return money(value, 'tao', locale).replace(/\s*TAO$/u, '');
}

/** The same for a narrow column of a table: "0.00135". */
export function columnPrice(value: number, locale: string): string {
  if (value >= 0.01 || value < 0.0001) return taoPrice(value, locale);
  return money(value, 'tao', locale, FIVE_DIGITS).replace(/\s*TAO$/u, '');
}

/** "458K", "27.1K", "812.50": three digits are enough for caps and pools. */
export function shortTao(value: number, locale: string): string {
  return Math.abs(value) < SHORT_FROM ? taoPrice(value, locale) : compactNumber(Number(value.toPrecision(3)), locale);
}

/** An amount of TAO in the currency of TAO's quote, or null without a quote. */
export function inCurrency(value: number, tao: Quote | null, locale: string, { compact = false } = {}): string | null {
  return tao === null ? null : (compact ? compactMoney : money)(value * tao.price, tao.currency, locale);
}

/** "436K τ ($109M)". */
export function bothWays(value: number, tao: Quote | null, locale: string): string {
  const worth = inCurrency(value, tao, locale, { compact: true });
  return `${inTao(value, locale, { compact: true })}${worth === null ? '' : ` (${worth})`}`;
}

/** Recorded samples are what they are: their own time stands for now. */
export function isSample({ source }: Pick<SubnetSnapshot, 'source'>): boolean {
  return source === 'sample data';
}

/** The moment from which ages and waits are counted, in epoch ms. */
export function presentOf(snapshot: SubnetSnapshot, now: number): number {
  return isSample(snapshot) ? snapshot.blockAt : now;
}

/** False when the reading is older than a day: a change would be read as today's. */
export function showsChange(snapshot: SubnetSnapshot, now: number): boolean {
  return statesChange(snapshot.blockAt, presentOf(snapshot, now));
}

/** Place by market cap (1 = largest), or null when its cap is unknown. */
export function capRank({ marketCapTao }: Subnet, { subnets }: SubnetSnapshot): number | null {
  if (marketCapTao === null) return null;
  return subnets.filter((other) => (other.marketCapTao ?? 0) > marketCapTao).length + 1;
}

/** When a block came or will come, in epoch ms, counted from the snapshot's own. */
export function blockTime(block: number, snapshot: SubnetSnapshot): number {
  return snapshot.blockAt + (block - snapshot.block) * BLOCK_MS;
}

/** "580 days, since 2 Mar 2025", or null when the block of its registration is unknown. */
export function ageWords({ registeredAtBlock }: Subnet, snapshot: SubnetSnapshot, view: View): string | null {
  if (registeredAtBlock === null) return null;
  const at = blockTime(registeredAtBlock, snapshot);
  return `${spanWords(presentOf(snapshot, view.now) - at)}, since ${date(at, view.locale)}`;
}

/** "protected until 12 Jan 2027, in 45 days", "next in line", "3rd in line"; null when the chain did not say. */
export function removalWords(subnet: Subnet, snapshot: SubnetSnapshot, view: View): string | null {
  if (subnet.protectedUntilBlock !== null) {
    const at = blockTime(subnet.protectedUntilBlock, snapshot);
    const left = at - presentOf(snapshot, view.now);
    return `protected until ${date(at, view.locale)}${left > 0 ? `, in ${spanWords(left)}` : ''}`;
  }
  if (subnet.removalRank === null) return null;
  return subnet.removalRank === 1 ? 'next in line' : `${ordinal(subnet.removalRank)} in line`;
}

/** "125K τ and 2.2M alpha", or null when the pool is unknown. */
export function poolWords({ taoIn, alphaIn }: Subnet, locale: string): string | null {
  if (taoIn === null || alphaIn === null) return null;
  return `${inTao(taoIn, locale, { compact: true })} and ${compactNumber(alphaIn, locale)} alpha`;
}

/** "7.90% of new TAO, on": the share and the network's own switch; null when neither is known. */
export function emissionWords({ emissionShare, emissionOn }: Subnet, locale: string): string | null {
  const part = emissionShare === null ? null : `${share(emissionShare * 100, locale)} of new TAO`;
  const state = emissionOn === null ? null : emissionOn ? 'on' : 'switched off';
  const words = [part, state].filter((one) => one !== null);
  return words.length === 0 ? null : words.join(', ');
}

/** "in about 12 min"; null when unknown, or when the reading is too old to tell. */
export function payoutWords({ nextEpochBlock }: Subnet, snapshot: SubnetSnapshot, view: View): string | null {
  const present = presentOf(snapshot, view.now);
  const state = freshness(present - snapshot.blockAt);
  if (nextEpochBlock === null || state === 'delayed' || state === 'old') return null;
  const wait = blockTime(nextEpochBlock, snapshot) - present;
  return wait <= MINUTE ? 'in about a minute' : `in about ${ageText(Math.max(wait, 3 * MINUTE))}`;
}

/** Who says so, at which block, and how old that is. `age` makes the words of an age. */
export function chainSource(snapshot: SubnetSnapshot, view: View, age: (at: number, view: View) => Span[]): Span[] {
  if (isSample(snapshot)) return [`${SAMPLE_DATA} · ${SAMPLE_AGE}`];
  const block = amount(snapshot.block, view.locale, 0);
  return [`Bittensor chain (${snapshot.source}), block ${block} · `, ...age(snapshot.blockAt, view)];
}

/** "45 days", "31 h", "13 min": as lists say it, with the day in full. */
function spanWords(ms: number): string {
  return ageText(ms).replace(/d$/u, 'days');
}

/** "2nd", "3rd", "11th". */
function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return `${place}${ending}`;
}
