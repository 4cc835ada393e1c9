// Wishes that are likely a slip: a target far from the present price, and the same alert twice.
import { UserError } from '../base/errors.ts';
import { readingKey } from './alert-row.ts';
import type { AlertSpec } from './stored-spec.ts';

/** Targets that differ by less are the same alert. */
const SAME = 0.001;
/** Outside these multiples of the present price a target is asked back. */
const LEAST = 0.2;
const MOST = 5;
/** Moves in percent: what a price can fall by at most, and between which an alert makes sense. */
const ALL = 100;
const LEAST_MOVE = 0.1;
const MOST_MOVE = 1_000;

/**
 * Refuses a price target that is far from the present price: mostly a slip of digits.
 * @throws UserError with the price now and, where a digit too many or too few explains it, what may have been meant
 */
export function refuseFarTarget({ condition, label, currency, locale }: AlertSpec, value: number | null): void {
  if (value === null || value <= 0 || !('price' in condition)) return;
  const part = condition.price / value;
  if (part >= LEAST && part <= MOST) return;
  const meant = [10, 100, 1_000, 0.1, 0.01, 0.001]
    .map((factor) => condition.price * factor)
    .find((price) => {
      const near = price / value;
      return near > 0.5 && near < 2;
    });
  const unit = (condition.kind === 'cost' ? 'tao' : currency).toUpperCase();
  const plain = (number: number) =>
    `${new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 }).format(number)} ${unit}`;
  const hint = meant === undefined ? '' : ` Did you mean ${plain(meant)}?`;
  throw new UserError(
    'far-target',
    `${label} is at ${plain(value)} now, so ${plain(condition.price)} is far away.${hint} Targets lie between a fifth of the present price and five times it.`,
  );
}

/**
 * Refuses a move that no price makes, or that every price makes all the time.
 * @throws UserError with what can be had
 */
export function refuseImpossibleMove(condition: AlertSpec['condition']): void {
  if (condition.kind !== 'move') return;
  if (condition.direction === 'down' && condition.percent >= ALL)
    throw new UserError('impossible-move', 'A price cannot fall by 100% or more. Try `-50% 24h`.');
  if (condition.percent < LEAST_MOVE || condition.percent > MOST_MOVE)
    throw new UserError('impossible-move', 'A move lies between 0.1% and 1,000%. Try `+5% 24h`.');
}

/** The same target, currency and kind, with numbers that differ by less than 0.1 %. */
export function isSameWish(one: AlertSpec, other: AlertSpec): boolean {
  if (readingKey(one) !== readingKey(other)) return false;
  const [left, right] = [one.condition, other.condition];
  if (left.kind !== right.kind) return false;
  if ('price' in left && 'price' in right) return near(left.price, right.price);
  if (left.kind === 'move' && right.kind === 'move')
    return left.window === right.window && left.direction === right.direction && near(left.percent, right.percent);
  return true;
}

function near(left: number, right: number): boolean {
  return Math.abs(left - right) <= SAME * Math.max(Math.abs(left), Math.abs(right));
}
