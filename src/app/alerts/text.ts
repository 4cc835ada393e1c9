// How alerts are said: the condition, where and how often it tells, and its state.
import type { Span } from '../card.ts';
import { channelNamed } from '../blocks/channel-name.ts';
import type { PlatformName } from '../command.ts';
import { withCode } from '../error-card.ts';
import { date, dateTime } from '../../format/dates.ts';
import { amount, change, money, share } from '../../format/numbers.ts';
import type { AlertView } from '../../alerts/alerts.ts';

type Said = Pick<AlertView, 'condition' | 'label' | 'currency' | 'locale' | 'unreadable'>;

const UNREADABLE = 'an alert that cannot be read';

/** "TAO above $300", "TAO ±5% in 24 h", "Chutes (SN64) next in line for removal". */
export function conditionWords({ condition, label, currency, locale, unreadable }: Said): string {
  if (unreadable === true) return UNREADABLE;
  switch (condition.kind) {
    case 'above':
    case 'below':
      return `${label} ${condition.kind} ${money(condition.price, currency, locale)}`;
    case 'cost':
      return `price of a new subnet below ${money(condition.price, 'tao', locale)}`;
    case 'move': {
      const sign = { up: '+', down: '−', either: '±' }[condition.direction];
      return `${label} ${sign}${amount(condition.percent, locale, 2)}% in ${windowWords(condition.window)}`;
    }
    case 'ath':
      return `${label} at a new all-time high`;
    case 'removal':
      return `${label} next in line for removal`;
    case 'removed':
      return `${label} removed`;
    case 'emission':
      return `emission of ${label} switched on or off`;
    case 'new':
      return 'a new subnet';
    case 'halving':
      return 'the next halving at 90%, 99% and done';
  }
}

/** What came true, with the value that was read: "TAO rose above $300: $301.20". */
export function crossingWords(said: Said, value: number): string {
  const { condition, label, currency, locale } = said;
  if (said.unreadable === true) return UNREADABLE;
  switch (condition.kind) {
    case 'above':
      return `${label} rose above ${money(condition.price, currency, locale)}: ${money(value, currency, locale)}`;
    case 'below':
      return `${label} fell below ${money(condition.price, currency, locale)}: ${money(value, currency, locale)}`;
    case 'cost':
      return `A new subnet costs ${money(value, 'tao', locale)} now, less than ${money(condition.price, 'tao', locale)}`;
    case 'move':
      return `${label} moved ${change(value, locale).text} in ${windowWords(condition.window)}`;
    case 'ath':
      return `${label} at a new all-time high: ${money(value, currency, locale)}`;
    case 'removal':
      return `${label} is next in line for removal`;
    case 'removed':
      return `${label} was removed from the network`;
    case 'emission':
      return `Emission of ${label} was switched ${value === 1 ? 'on' : 'off'}`;
    case 'new':
      return `A new subnet was registered at block ${amount(value, locale, 0)}`;
    case 'halving':
      return value >= 1
        ? 'The halving has happened'
        : `${share(value * 100, locale, 1)} of the way to the next halving`;
  }
}

/** "once", "at most once a day", "each time, an hour apart at least". */
export function repeatWords({ repeat, condition }: Pick<AlertView, 'repeat' | 'condition'>): string {
  if (condition.kind === 'halving' && repeat === 'always') return 'at each of these';
  return { once: 'once', daily: 'at most once a day', always: 'each time, an hour apart at least' }[repeat];
}

function windowWords(window: string): string {
  return window.replace('h', ' h').replace('d', ' d');
}

/** How far it is: "19.9% to go from $250.28", "▼ −1.20% in 24 h"; null where there is no distance. */
export function distanceWords({ condition, currency, locale }: Said, value: number | null): string | null {
  if (value === null) return null;
  if (condition.kind === 'move') return `${change(value, locale).text} in ${windowWords(condition.window)}`;
  if (condition.kind === 'halving') return `${share(value * 100, locale, 1)} of the way`;
  if (value <= 0 || !('price' in condition)) return null;
  const unit = condition.kind === 'cost' ? 'tao' : currency;
  const part = Math.abs(condition.price / value - 1) * 100;
  const reached = condition.kind === 'above' ? value >= condition.price : value <= condition.price;
  const now = money(value, unit, locale);
  if (!reached) return `${share(part, locale, 1)} to go from ${now}`;
  return `it is ${now} already, so I tell you the next time that it gets ${condition.kind === 'above' ? 'above' : 'below'}`;
}

/** "until …", "snoozed until …", "told on …", "expired", "paused", with code in back-ticks. */
export function stateWords(alert: AlertView, now: number): string {
  const { status, snoozedUntil, toldAt, expiresAt, locale, trouble } = alert;
  if (status === 'stopped') return `paused. ${trouble ?? ''}`.trim();
  if (status === 'done') return toldAt === null ? 'on its way' : `told on ${dateTime(toldAt, locale)}`;
  if (status !== 'active') return status;
  if (snoozedUntil !== null && snoozedUntil > now) return `snoozed until ${dateTime(snoozedUntil, locale)}`;
  return `until ${date(expiresAt, locale)}`;
}

/** Where it tells; channels have names, which only the platform knows. `platform`: the terminal is one conversation, so it tells there. */
export function whereSpan(
  { channel }: Pick<AlertView, 'channel'>,
  { here, platform }: { here: string; platform: PlatformName },
): Span {
  if (channel === null) return platform === 'terminal' ? 'you, here' : 'you, in a direct message';
  return placeSpan(channel, here);
}

function placeSpan(channel: string, here: string): Span {
  return channel === here ? 'this channel' : channelNamed(channel);
}

/** A line of a list. */
export function alertLine(alert: AlertView, mark: string | null, { here, now }: { here: string; now: number }): Span[] {
  const where: Span[] = alert.channel === null ? [] : [' · ', placeSpan(alert.channel, here)];
  const missed = alert.missed === 0 ? '' : ` · ${alert.missed} missed while away`;
  return [
    { kind: 'bold', text: mark === null ? conditionWords(alert) : `${mark} ${conditionWords(alert)}` },
    ...withCode(
      alert.unreadable === true ? ` · ${alert.trouble ?? ''}` : ` · ${repeatWords(alert)} · ${stateWords(alert, now)}`,
    ),
    ...where,
    `${missed} · `,
    { kind: 'code', text: alert.id },
  ];
}
