// What is written down of an alert, read back: text that is damaged, or of another version, is no wish at all rather than a wrong one.
import type { AlertRow } from '../store/alerts/alerts.ts';
import { type AlertView, REPEATS, type Target } from './alerts.ts';
import { type Condition, type Memory, WINDOWS } from './condition/condition.ts';

/** What is written down of a wish. */
export type AlertSpec = Pick<AlertView, 'target' | 'label' | 'currency' | 'condition' | 'repeat' | 'locale'>;

/** @throws Error when the stored text is not one (a damaged row) */
export function specOf(row: Pick<AlertRow, 'spec'>): AlertSpec {
  const spec = readableSpec(row);
  if (spec === null) throw new Error('stored alert is damaged');
  return spec;
}

/** Null for a damaged row. */
export function readableSpec(row: Pick<AlertRow, 'spec'>): AlertSpec | null {
  const value: Partial<AlertSpec> | null = objectIn(row.spec);
  if (value === null) return null;
  const { target, label, currency, condition, repeat, locale } = value;
  const isWhole =
    isTarget(target) &&
    isCondition(condition) &&
    typeof label === 'string' &&
    typeof currency === 'string' &&
    REPEATS.some((one) => one === repeat) &&
    isLocale(locale);
  return isWhole ? (value as AlertSpec) : null;
}

/** What a rule remembers. Where that is damaged it begins anew and unarmed: it may tell one crossing less, and none that there was not. */
export function memoryOf(row: Pick<AlertRow, 'memory'>): Memory {
  const value: Partial<Memory> | null = objectIn(row.memory);
  const number = (of: unknown): number | null => (isNumber(of) ? of : null);
  return { armed: value?.armed === true, reference: number(value?.reference), told: number(value?.told) };
}

/** Null for anything but a JSON object. */
export function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isTarget(target: Partial<Target> | undefined): boolean {
  switch (target?.kind) {
    case 'coin':
      return 'id' in target && typeof target.id === 'string';
    case 'subnet':
      return 'netuid' in target && isNumber(target.netuid) && isNumber(target.registeredAt);
    default:
      return target?.kind === 'network';
  }
}

function isCondition(condition: Condition | undefined): boolean {
  switch (condition?.kind) {
    case 'above':
    case 'below':
    case 'cost':
      return isNumber(condition.price);
    case 'move':
      return (
        isNumber(condition.percent) &&
        ['up', 'down', 'either'].includes(condition.direction) &&
        WINDOWS.includes(condition.window)
      );
    default:
      return ['ath', 'removal', 'removed', 'emission', 'new', 'halving'].includes(String(condition?.kind));
  }
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Dates and numbers are written by it, and a text that is none throws there. */
function isLocale(locale: unknown): boolean {
  try {
    return typeof locale === 'string' && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}
