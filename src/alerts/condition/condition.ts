// What an alert waits for, and when that is the case: conditions as data, and the test of one value against them. Pure.

/** Windows over which a move is measured. */
export const WINDOWS = ['1h', '24h', '7d'] as const;
export type Window = (typeof WINDOWS)[number];

/**
 * `above`, `below`: a price in the alert's currency. `move`: percent over a window; `up` and `down` are one-sided. `ath`: a new all-time high.
 * `removal`: the subnet is next in line for removal; `removed`: it is gone. `emission`: the subnet's emission is switched on or off. `new`: a
 * subnet is registered. `cost`: registering one costs less than `price` TAO. `halving`: 90 %, 99 % and all of the way to the next one.
 */
export type Condition =
  | { kind: 'above' | 'below' | 'cost'; price: number }
  | { kind: 'move'; percent: number; direction: 'up' | 'down' | 'either'; window: Window }
  | { kind: 'ath' | 'removal' | 'removed' | 'emission' | 'new' | 'halving' };

/**
 * What an alert remembers between two readings. `armed`: the next time that the condition holds is told. `reference`: what is compared with where
 * the condition itself names no number (the highest price so far, emission on or off, the last registration, the last threshold); null before
 * the first reading. `told`: the value at the last telling.
 */
export type Memory = { armed: boolean; reference: number | null; told: number | null };

/** `crossed`: the condition came true with this reading. */
export type Step = { memory: Memory; crossed: boolean };

/** A price must go back by this part before it can be told again. */
const BACK = 0.01;
/** Without going back, it is told again when it has moved on by this part since the last telling. */
const FURTHER = 0.05;
/** A move must shrink to this part of its threshold before it can be told again. */
const CALMED = 0.8;
/** A record that the source has only just noted lies this far above its price at most. */
const NEAR_RECORD = 1.15;
/** Of the way to a halving. */
const HALVING_MARKS = [0.9, 0.99, 1] as const;

/** The memory of a new alert at the present reading (null: there is none); what holds already is not told until it comes true anew. */
export function firstMemory(condition: Condition, value: number | null, record: number | null = null): Memory {
  const fresh: Memory = { armed: true, reference: null, told: null };
  return value === null ? fresh : { ...step(condition, fresh, value, record).memory, told: null };
}

/**
 * One reading. The first one only sets the reference of conditions that compare with what was before.
 * @param value what the condition is about: a price, percent, 0 or 1, a block, a part of the way (0..1)
 * @param record the highest price on record by the source, for `ath`
 */
export function step(condition: Condition, memory: Memory, value: number, record: number | null = null): Step {
  if (condition.kind === 'ath') return stepHigh(memory, value, topOf(memory, value, record));
  if (isEvent(condition)) return stepEvent(condition, memory, value);
  const holds = isTrue(condition, value);
  if (memory.armed) return holds ? told(memory, value) : { memory, crossed: false };
  if (isBack(condition, value)) return { memory: { ...memory, armed: true }, crossed: false };
  return holds && isFurther(condition, memory.told, value) ? told(memory, value) : { memory, crossed: false };
}

/** Whether the condition holds at this value, whatever was told. */
export function isTrue(condition: Condition, value: number): boolean {
  switch (condition.kind) {
    case 'above':
      return value >= condition.price;
    case 'below':
    case 'cost':
      return value <= condition.price;
    case 'move':
      return moved(condition, value) >= condition.percent;
    default:
      return value === 1;
  }
}

function told(memory: Memory, value: number): Step {
  return { memory: { ...memory, armed: false, told: value }, crossed: true };
}

function isBack(condition: Exclude<Condition, EventCondition>, value: number): boolean {
  switch (condition.kind) {
    case 'above':
      return value <= condition.price * (1 - BACK);
    case 'below':
    case 'cost':
      return value >= condition.price * (1 + BACK);
    case 'move':
      return moved(condition, value) <= condition.percent * CALMED;
    default:
      return value === 0;
  }
}

function isFurther(condition: Exclude<Condition, EventCondition>, last: number | null, value: number): boolean {
  if (last === null) return false;
  if (condition.kind === 'above') return value >= last * (1 + FURTHER);
  if (condition.kind === 'below' || condition.kind === 'cost') return value <= last * (1 - FURTHER);
  return condition.kind === 'move' && moved(condition, value) >= moved(condition, last) + condition.percent;
}

/** Percent in the direction that counts. */
function moved({ direction }: Extract<Condition, { kind: 'move' }>, value: number): number {
  return direction === 'up' ? value : direction === 'down' ? -value : Math.abs(value);
}

type EventCondition = { kind: 'ath' | 'emission' | 'new' | 'halving' };
type Compared = { kind: Exclude<EventCondition['kind'], 'ath'> };

/** Conditions that compare with what was before instead of with a number of their own. */
function isEvent(condition: Condition): condition is Compared {
  return ['emission', 'new', 'halving'].includes(condition.kind);
}

function stepEvent({ kind }: Compared, memory: Memory, value: number): Step {
  const now = kind === 'halving' ? (HALVING_MARKS.findLast((mark) => value >= mark) ?? 0) : value;
  const before = memory.reference;
  const lower = before !== null && now < before;
  if (before === null || (kind === 'halving' && lower))
    return { memory: { ...memory, reference: now }, crossed: false }; // the first look; the next era
  const changed = kind === 'emission' ? now !== before : now > before;
  return changed ? { memory: { armed: true, reference: now, told: value }, crossed: true } : { memory, crossed: false };
}

/** A new record that the price is nowhere near is a wrong number; a price that was there a moment ago is still close. */
function topOf({ reference }: Memory, price: number, record: number | null): number {
  const isWrong = reference !== null && record !== null && record > Math.max(reference, price * NEAR_RECORD);
  return isWrong || record === null ? price : Math.max(price, record);
}

/** A record that goes on rising is one record: it is told again after the price fell back, or a further step up. */
function stepHigh(memory: Memory, price: number, top: number): Step {
  const high = memory.reference;
  if (high === null) return { memory: { ...memory, reference: top }, crossed: false };
  if (top <= high) {
    const back = !memory.armed && price <= high * (1 - BACK);
    return { memory: back ? { ...memory, armed: true } : memory, crossed: false };
  }
  const further = memory.told !== null && top >= memory.told * (1 + FURTHER);
  return memory.armed || further
    ? { memory: { armed: false, reference: top, told: top }, crossed: true }
    : { memory: { ...memory, reference: top }, crossed: false };
}
