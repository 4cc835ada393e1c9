// A coin and its parts (TAO and RAO, ETH and gwei, BTC and sats): their rate never changes, so no price is needed.
import type { CommandContext } from '../command.ts';
import { money } from '../../format/numbers.ts';
import { COIN_UNITS, currencyWord } from '../reader/words.ts';
import { coinAmount, unitLabel } from './conversion-side.ts';
import { pickCoin } from './coin-argument.ts';

/** `perCoin` of them are one coin; `text`: what a control says for it. */
export type Part = { coin: string; perCoin: number; label: string; text: string; show(value: number): string };

/** Satoshis are quoted as a currency by markets. https://en.bitcoin.it/wiki/Satoshi_(unit) */
const SATS_PER_BITCOIN = 1e8;

/** Both sides where they are parts of the same coin, else null. */
export function partsOfOneCoin(
  sides: { from: string; to: string },
  context: CommandContext,
): { from: Part; to: Part } | null {
  const [from, to] = [sides.from, sides.to].map((text) => partOf(text, context));
  return from && to && from.coin === to.coin && from.perCoin !== to.perCoin ? { from, to } : null;
}

function partOf(text: string, { services, request: { locale } }: CommandContext): Part | null {
  const word = text.trim().toLowerCase();
  const unit = Object.hasOwn(COIN_UNITS, word) ? COIN_UNITS[word] : undefined;
  if (unit !== undefined) return part(unit.coin, unit.perCoin, unitLabel(word), word);
  const code = /^(?:id:|\$)/.test(word) ? null : currencyWord(word, new Set(services.market.currencies()));
  if (code?.code === 'sats')
    return { ...part('bitcoin', SATS_PER_BITCOIN, 'SATS', 'sats'), show: (value) => money(value, 'sats', locale) };
  const { coin } = code !== null && !code.coin ? { coin: null } : pickCoin(services, text);
  return coin === null ? null : part(coin.id, 1, coin.symbol.toUpperCase(), `id:${coin.id}`);

  function part(id: string, perCoin: number, label: string, said: string): Part {
    return { coin: id, perCoin, label, text: said, show: (value) => `${coinAmount(value, locale)} ${label}` };
  }
}
