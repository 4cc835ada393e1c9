// What people say around a wish: "hey bot, … please", "@taobot: … thanks". It is no part of the wish.
import type { Token } from './tokens.ts';

/** The bot's own name at the beginning of a line, where the platform has not taken it off, or "/ask" before a question. */
const ADDRESS = /^(?:(?:(?:hi|hey|hello|ok|yo)[\s,]+)?@?taobot\b|\/ask\b)[\s,:;!.-]*(?=[^\s,:;!?.-])/i;
/** A greeting before at least three more words, with the name of whoever is greeted. */
export const GREETING =
  /^(?:hi|hey|hello|gm|yo)(?: (?:there|all|everyone|guys|bot|taobot|team|fam))*[\s,!.:;-]+(?=\S+\s+\S+\s+\S)/i;
const BEFORE = /^(?:hi|hey|hello|yo|gm|ok|okay|so|dear|please|pls|bot|taobot|@taobot)$/;
const BEHIND = /^(?:please|pls|plz|thanks|thx|ty|bot|taobot|mate|bro|sir|ser|man|danke|merci)$/;

/** The line without the bot's name before it; a line of nothing but the name stays. */
export function withoutAddress(line: string): string {
  return line.replace(ADDRESS, '');
}

/** The words between greeting and thanks. A row of nothing but courtesies stays as it is: it is small talk. */
export function withoutCourtesies(tokens: readonly Token[]): readonly Token[] {
  const from = tokens.findIndex(({ word }) => !BEFORE.test(word));
  if (from === -1) return tokens;
  const behind = (end: number): number => {
    const [before, last] = [tokens[end - 2]?.word, tokens[end - 1]?.word ?? ''];
    if (last === 'you' && before === 'thank') return behind(end - 2);
    return BEHIND.test(last) ? behind(end - 1) : end;
  };
  const to = behind(tokens.length);
  return to <= from ? tokens : tokens.slice(from, to);
}
