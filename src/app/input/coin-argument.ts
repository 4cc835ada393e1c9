// From what somebody typed to a coin: shared tickers are resolved openly, unknown ones get suggestions.
import type { Card, MenuOption } from '../card.ts';
import { messageCard } from '../error-card.ts';
import { coinAt, withoutLabels } from '../reader/coins.ts';
import { joinSubnets } from '../reader/subnets.ts';
import { tokenise } from '../reader/tokens.ts';
import { vocabularyOf } from '../reader/vocabulary.ts';
import { CAN_DO } from '../talk-cards.ts';
import type { Services } from '../services.ts';
import { subnetAsCoin, subnetRef } from '../subnets/as-coin.ts';
import type { RenamedCoin } from '../../content/coin-search/renamed-coins.ts';
import type { CoinRef } from '../../market/market.ts';
import { headOf } from '../../base/visible-text.ts';

/** Longer addresses of a source fill a line of a phone twice: its host will do. */
const LONGEST_ADDRESS = 75;

/** Where a command about a coin names none, it is about this one: the community's. */
export const HOME_COIN = 'id:bittensor';

/** `whole`: false while only the largest coins are known, so the coin may exist all the same. */
export type UnknownCoin = { coin: null; suggestions: readonly CoinRef[]; whole: boolean };

export type Picked = { coin: CoinRef; others: readonly CoinRef[] } | UnknownCoin;

/**
 * Looks a coin up by id, ticker, name or alias; typos only yield suggestions. `sn64` is the subnet, before any coin; a subnet's name counts where
 * no coin is called so.
 */
export function pickCoin(services: Services, text: string): Picked {
  const subnet = subnetRef(services, /^(SN\d+) · /.exec(text)?.[1] ?? text);
  if (subnet !== null) return { coin: subnet, others: [] };
  const { resolve, whole } = services.content.index();
  const plain = text.includes(' · ') ? withoutLabels(text, vocabularyOf(services)) : text;
  const found = resolve(plain.replace(/^\$(?=\p{L})/u, ''));
  if (found.kind === 'exact') return { coin: found.coin, others: found.others };
  const [named, another] = whole ? services.subnets.find(plain).exact : [];
  if (named !== undefined && another === undefined) return { coin: subnetAsCoin(services, named.netuid), others: [] };
  // Coins that are only examples of a name must not look like the one that is meant.
  return { coin: null, suggestions: found.kind === 'guess' ? found.suggestions : [], whole };
}

/** A coin with the text that named it. */
export type NamedPick = { text: string; picked: Picked };

/**
 * Coins of a list as people type it: items divided by commas, names of several words as one coin ("bitcoin cash, tao near").
 * @param items what stood between the commas
 */
export function pickCoins(services: Services, items: readonly string[]): NamedPick[] {
  const vocabulary = vocabularyOf(services);
  return items.flatMap((item): NamedPick[] => {
    const whole = pickCoin(services, item);
    if (whole.coin !== null || !/\s/.test(item)) return [{ text: item, picked: whole }];
    const tokens = joinSubnets(tokenise(item));
    const taken = new Set<number>();
    return tokens.flatMap(({ raw }, index): NamedPick[] => {
      if (taken.has(index)) return [];
      const found = coinAt(tokens, index, vocabulary, taken);
      for (let used = index; used < index + (found?.length ?? 1); used++) taken.add(used);
      return [{ text: found?.text ?? raw, picked: pickCoin(services, found?.text ?? raw) }];
    });
  });
}

/**
 * Says which coin a shared ticker was taken for and the largest other one, and what a ticker of the past has become; null when there is nothing
 * to say. At most three are named.
 */
export function namesakes(picks: readonly NamedPick[], { content }: Services): string | null {
  const said = picks.flatMap(({ text, picked }) => {
    if (picked.coin === null || text.startsWith('id:')) return [];
    const renamed = renamedFrom(text, content.renamed);
    if (renamed !== null) return [renamed];
    // "PEPE is Pepe here, not Pepe" would say nothing.
    const other = picked.others.find(({ name }) => name.toLowerCase() !== picked.coin.name.toLowerCase());
    return other === undefined
      ? []
      : [`${picked.coin.symbol.toUpperCase()} is ${picked.coin.name} here, not ${other.name}`];
  });
  return said.length === 0 ? null : `${[...new Set(said)].slice(0, 3).join('; ')}.`;
}

/** The same in one short line for a phone: the first remark that matters, coins without a profile before ours. */
export function briefNamesake(picks: readonly NamedPick[], services: Services): string | null {
  const { coins } = services.content;
  const strangersFirst = picks.toSorted((a, b) => Number(isProfiled(a)) - Number(isProfiled(b)));
  const said = strangersFirst.map((pick) => namesakes([pick], services)).find((words) => words !== null) ?? null;
  if (said === null) return null;
  const shared = said.replace(/ here, not .*$/, '');
  return shared === said ? said.replace(/ (?:\(|on |from |in |since |until ).*$/, '') : shared; // "MATIC became POL"
  function isProfiled({ picked }: NamedPick): boolean {
    return picked.coin !== null && coins.has(picked.coin.id);
  }
}

/** "MATIC became POL … (source)" for a ticker of the past, or null. */
export function renamedFrom(text: string, renamed: readonly RenamedCoin[]): string | null {
  const ticker = text.replace(/^\$/, '').toLowerCase();
  const found = renamed.find((one) => one.ticker === ticker);
  if (found === undefined) return null;
  const address = found.source.replace('https://', '');
  return `${found.said} (${address.length > LONGEST_ADDRESS ? new URL(found.source).host : address})`;
}

/** "TAO · Bittensor · #40", for menus and suggestions. */
export function coinLabel(coin: CoinRef): string {
  return [coin.symbol, coin.name, coin.rank === null ? null : `#${coin.rank}`]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Up to five coins as options of a menu or as buttons; the id form avoids picking another coin with the same ticker. */
export function coinOptions(
  coins: readonly CoinRef[],
  command: string,
  rest: Readonly<Record<string, string>>,
): MenuOption[] {
  return coins
    .slice(0, 5)
    .map((coin) => ({ label: coinLabel(coin), invocation: { command, args: { ...rest, coin: `id:${coin.id}` } } }));
}

/** Of every answer in which a coin may be missing for this reason alone. */
export const LIST_LOADING = 'list is still loading';

/** The card for a coin that we do not know: says so, or that we cannot know yet, and offers what comes closest. */
export function unknownCoinCard(
  typed: string,
  { suggestions, whole }: Omit<UnknownCoin, 'coin'>,
  command: string,
  rest: Readonly<Record<string, string>> = {},
): Card {
  const shown = headOf(typed.replaceAll(/\s+/g, ' '), 60);
  const title = whole ? 'Unknown coin' : 'Coin list still loading';
  const text = whole ? unknownText(shown, suggestions.length > 0) : loadingText(shown, suggestions.length > 0);
  const card = messageCard('coin', 'not-found', title, text);
  const options = coinOptions(suggestions, command, rest);
  const buttons = options.map(({ label, invocation }) => ({ label: label.slice(0, 75), invocation }));
  const onward = whole ? [CAN_DO] : [];
  const offered = buttons.length > 0 ? buttons : onward;
  if (offered.length === 0) return card;
  return { ...card, blocks: [...card.blocks, { kind: 'buttons', buttons: offered }] };
}

function unknownText(shown: string, suggests: boolean): string {
  const hint = suggests
    ? 'Did you mean one of these?'
    : 'Try a ticker like TAO, a name like Bittensor, or a CoinGecko ID.';
  return `I don't know a coin called "${shown}". ${hint}`;
}

function loadingText(shown: string, suggests: boolean): string {
  const hint = suggests ? ' Or did you mean one of these?' : '';
  return `So far I only know the largest coins, and none called "${shown}": the full ${LIST_LOADING}. Try again in a minute.${hint}`;
}
