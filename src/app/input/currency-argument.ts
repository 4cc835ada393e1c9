// Which currency an answer speaks: the one asked for, else the default of the settings.
import type { CommandContext } from '../command.ts';
import { nearest } from '../../base/edit-distance.ts';
import { UserError } from '../../base/errors.ts';
import { currencyWord } from '../reader/words.ts';
import { headOf } from '../../base/visible-text.ts';

/**
 * The currency code, lower case.
 * @throws UserError when the market does not know it, with the closest codes.
 */
export function currencyOf(context: CommandContext, given: string | undefined): string {
  const { market, defaults } = context.services;
  if (given === undefined) return defaults.currency;
  const code = given.trim().toLowerCase();
  const known = market.currencies();
  const meant = currencyWord(code, new Set(known));
  if (meant !== null) return meant.code;
  const close = nearest(code, known, 3);
  const hint = close.length > 0 ? `Did you mean ${close.join(', ')}?` : 'Try usd, eur, gbp, jpy or btc.';
  throw new UserError('unknown-currency', `"${headOf(given, 20)}" is not a currency that I can quote in. ${hint}`);
}
