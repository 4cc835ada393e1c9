// What people say around a wish: "hey bot, … please", "@taobot: … thanks". It is no part of the wish.
import { isWellKnown, wordCoin } from './coins.ts';
import type { Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { CHART_WORDS, FILLERS, PRICE_WORDS } from './words.ts';

/** The bot's own name at the beginning of a line, where the platform has not taken it off, or "/ask" before a question. */
const ADDRESS = /^(?:(?:(?:hi|hey|hello|ok|yo)[\s,]+)?@?taobot\b|\/ask\b)[\s,:;!.-]*(?=[^\s,:;!?.-])/i;
/** A greeting before at least three more words, with the name of whoever is greeted. */
export const GREETING =
  /^(?:hi|hey|hello|gm|yo)(?: (?:there|all|everyone|guys|bot|taobot|team|fam))*[\s,!.:;-]+(?=\S+\s+\S+\s+\S)/i;
const BEFORE =
  /^(?:hi|hey|hello|yo|gm|ok|okay|so|dear|please|pls|bot|taobot|@taobot|hola|salut|bonjour|moin|servus|hallo|oi|olá|ciao|namaste|привет|привіт)$/u;
/** Who is greeted; as the first word it may be a coin. */
const GREETED = /^(?:ser|sir|fam|guys|frens|folks|everyone|everybody|bro|mate)$/;
/** Greetings of two words. */
const GREETS =
  /^(?:guten (?:tag|morgen|abend)|good (?:morning|evening|day)|buen[oa]s (?:días|dias|tardes|noches)|bom dia)$/u;
const BEHIND = /^(?:please|pls|plz|thanks|thx|ty|bot|taobot|mate|bro|sir|ser|man|danke|merci)$/;

/** The line without the bot's name before it; a line of nothing but the name stays. */
export function withoutAddress(line: string): string {
  return line.replace(ADDRESS, '');
}

/** The words between greeting and thanks. A row of nothing but courtesies stays as it is: it is small talk. */
export function withoutCourtesies(tokens: readonly Token[]): readonly Token[] {
  const greeted = GREETS.test(`${tokens[0]?.word ?? ''} ${tokens[1]?.word ?? ''}`) ? 2 : 0;
  const from = tokens.findIndex(
    ({ word }, index) => index >= greeted && !BEFORE.test(word) && !(index > 0 && GREETED.test(word)),
  );
  if (from === -1) return tokens;
  const behind = (end: number): number => {
    const [before, last] = [tokens[end - 2]?.word, tokens[end - 1]?.word ?? ''];
    if (last === 'you' && before === 'thank') return behind(end - 2);
    return BEHIND.test(last) ? behind(end - 1) : end;
  };
  const to = behind(tokens.length);
  return to <= from ? tokens : tokens.slice(from, to);
}

/** What is asked to be sent; "send me 5 tao" is no question for a price. */
const SEND = /^(?:send|dm|drop|share|text)$/;

/** The same row without "send me" before a price or a chart. */
export function withoutSending(tokens: readonly Token[]): readonly Token[] {
  if (!SEND.test(tokens[0]?.word ?? '') || tokens.some(({ word }) => /^\d/.test(word))) return tokens;
  if (!tokens.some(({ word }) => PRICE_WORDS.has(word) || CHART_WORDS.has(word))) return tokens;
  return tokens.slice(/^(?:me|us)$/.test(tokens[1]?.word ?? '') ? 2 : 1);
}

/** "Now", "today", "please", "mate", "is". Each may be a ticker, too: they say nothing only beside a coin that people know and a question of these languages. */
const ASIDES = new Set(
  `hoy ahorita porfa porfavor hoje tá ta grad teraz nu idag sekarang abhi щас сейчас зараз ka ki hai bhai bang gan kak waard`.split(
    ' ',
  ),
);
/** They ask what something costs. */
const ASKS = new Set('hoch kolik stojí stoji vad kostar bao nhiêu kya kitna kitne'.split(' '));
const ASKED_IN_OTHERS =
  /^(?:precio|pre[çc]o|harga|berapa|quant[oa]|cu[aá]nto|combien|kosztuje|ile|hoeveel|сколько|скільки|цена|ціна|giá|wie|was|kurs|koers|cena)$/u;
/** Longer messages are no such question. */
const MOST_WORDS = 10;

/** "tao precio hoy porfa" as "tao precio", "tao ka price kya hai" as "price tao price"; the same row where it is no such question. */
export function withoutAsides(tokens: readonly Token[], vocabulary: Vocabulary): readonly Token[] {
  const asks = tokens.some(({ word }) => ASKS.has(word));
  const isAsked = asks || tokens.some(({ word }) => ASKED_IN_OTHERS.test(word));
  if (tokens.length > MOST_WORDS || !isAsked) return tokens;
  const rest = tokens.filter(({ word }) => !ASIDES.has(word) && !ASKS.has(word));
  const isKnown = rest.some((token) => {
    const coin = FILLERS.has(token.word) ? null : wordCoin(token, vocabulary);
    return coin !== null && isWellKnown(coin, vocabulary);
  });
  if (!isKnown) return tokens;
  return asks ? [{ raw: 'price', word: 'price' }, ...rest] : rest;
}
