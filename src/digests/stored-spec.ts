// What is stored of a digest's content, read back: text that is damaged, or of another version, is none at all rather than a wrong one.
import type { SubscriptionRow } from '../store/digests/subscriptions.ts';
import type { Registrations } from './digests.ts';

/** What stands in the column `kind` of subscriptions and of their deliveries. */
export const DIGEST_KIND = 'digest';

/** What a digest shows. `coins` are ids, `locale` a BCP 47 tag; `replace`: the previous post is deleted when the next one goes out; `subnets`: with lines about subnets. */
export type DigestSpec = {
  coins: string[];
  currency: string;
  locale: string;
  replace: boolean;
  subnets: boolean;
  registrations?: Registrations;
};

/** @throws Error when the stored text is not a specification (a damaged row) */
export function specOf(row: Pick<SubscriptionRow, 'kind' | 'spec'>): DigestSpec {
  const spec = readableSpec(row);
  if (spec === null) throw new Error('stored digest is damaged');
  return spec;
}

/** Null for a damaged row. */
export function readableSpec({ kind, spec }: Pick<SubscriptionRow, 'kind' | 'spec'>): DigestSpec | null {
  const value = valueIn(spec) as Partial<DigestSpec> | null;
  const { coins, currency, locale, registrations } = value ?? {};
  const isWhole =
    kind === DIGEST_KIND &&
    Array.isArray(coins) &&
    coins.length > 0 &&
    coins.every((id) => typeof id === 'string') &&
    typeof currency === 'string' &&
    isLocale(locale) &&
    (registrations === undefined || areRegistrations(registrations));
  if (!isWhole) return null;
  return {
    coins,
    currency,
    locale,
    replace: value?.replace === true,
    subnets: value?.subnets === true, // rows of earlier versions do not say
    ...(registrations === undefined ? {} : { registrations }),
  };
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Dates and numbers are written by it, and a text that is none throws there. */
function isLocale(locale: unknown): locale is string {
  try {
    return typeof locale === 'string' && Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

function areRegistrations(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((block) => Number.isSafeInteger(block))
  );
}
