// The one reader of text: Slack words, mentions, direct messages, terminal and web; words to a command, or a question for the FAQ.
import { visibleArgs } from '../input/arguments.ts';
import { editDistance } from '../../base/edit-distance.ts';
import type { Invocation } from '../card.ts';
import type { Command } from '../command.ts';
import { asksForAlert, insistsOnAlert, waitedFor } from './arguments/alert-args.ts';
import { isUncertain, readArgs } from './arguments/command-args.ts';
import { computedAmounts } from './arguments/computed-amounts.ts';
import { bareCoin, isChartOf, mistypedCoin, surelyCoins, withoutChartName, withoutLabels } from './coins.ts';
import { joinCurrencies } from './money-words.ts';
import { findCommand, helpOn, unknownCommand } from './find-command.ts';
import { splitRates } from './arguments/pairs.ts';
import { GREETING, withoutAddress, withoutAsides, withoutCourtesies, withoutSending } from './courtesies.ts';
import { quoted, type Reading } from './reading.ts';
import { asksForBlock, askedSubnet, bareSubnet, numberedSubnet, countedSubnet, joinSubnets } from './subnets.ts';
import { inEnglish, isLong, readable, tokenise, type Token, withThousands } from './tokens.ts';
import { rememberingCoins, type Vocabulary } from './vocabulary.ts';
import { dailyPost } from './wishes/daily-posts.ts';
import { type SaidAnew, saidAnew, withoutBefore } from './wishes/follow-up.ts';
import { ownWish } from './wishes/own.ts';
import { mistypedWish } from './wishes/mistyped.ts';
import { wishOf } from './wishes/wishes.ts';
import { wishInEnglish } from './wishes/in-english.ts';
import { asksForPrediction } from './wishes/predictions.ts';
import { isCall, smallTalk } from './small-talk.ts';
import { COIN_UNITS, currencyWord } from './words.ts';

/**
 * A command with its arguments; `remarks`: how something was read, and what was not understood. `follows`: what it changes of the wish before, when
 * there was one.
 */
export type ReadText = Invocation & { remarks?: readonly string[]; follows?: SaidAnew };

const WISHES = ['price', 'convert', 'chart', 'compare', 'coin', 'subnets'];
const LONGEST_QUESTION = 2000;
/** Mistakes in "create": "craete", "crate". */
const MOST_MISTYPED = 2;

/** Reads one line. Text that is no command becomes a question for the FAQ. Never throws. */
export function readText(text: string, commands: readonly Command[], known: Vocabulary, locale = 'en'): ReadText {
  const vocabulary = rememberingCoins(known);
  const read = wishOfOthers(text, commands, vocabulary, locale) ?? readLine(text, commands, vocabulary, locale);
  if (!isLong(text) || read.command === 'faq') return read;
  return {
    ...read,
    remarks: [...(read.remarks ?? []), 'I read only the beginning: your message is longer than a command can be.'],
  };
}

/** A wish for alerts, digests or prices in another language than English; null for anything else. */
function wishOfOthers(
  text: string,
  commands: readonly Command[],
  vocabulary: Vocabulary,
  locale: string,
): ReadText | null {
  const english = wishInEnglish(withoutAddress(readable(text)));
  const read = english === null ? null : readLine(english, commands, vocabulary, locale);
  if (read === null) return null;
  const isSetup = read.command === 'help' && read.args['about'] === 'digest-setup';
  return isSetup || /^(?:alert |digest |price$|chart$)/.test(read.command) ? read : null;
}

function readLine(text: string, commands: readonly Command[], vocabulary: Vocabulary, locale: string): ReadText {
  if (isCall(text)) return { command: 'help', args: { about: 'greeting' } };
  const line = withoutLabels(readable(text), vocabulary);
  const start = withoutAddress(line.replace(/^(?:[\s>"'“”‘’*_~`|;:!?…]|[.,](?!\d))+/u, ''));
  const slash = /^\/[a-z]/i.test(start);
  const typed = tokenise(slash ? start.slice(1) : start);
  const tokens = withThousands(slash ? typed : withoutCourtesies(typed).map(inEnglish));
  if (/^\/ask\W*$/i.test(start)) return { command: 'faq', args: {} };
  const asksHelp = helpOn(tokens, commands);
  if (asksHelp !== null) return asksHelp;
  const anew = slash ? null : saidAnew(tokens, vocabulary, locale);
  if (anew?.against !== undefined) return followed(anew, line); // "compare it with btc"
  const found = findCommand(tokens, commands);
  if (found !== null) {
    const rest = tokens.slice(found.length);
    if (!slash && rest.length === 0 && needsMore(found.command) && found.command.name !== 'subnet')
      // a question for the FAQ
      return { command: 'help', args: { about: found.command.name } };
    const insists = slash || found.length === 2; // "digest create …" is no question
    const isChart = !slash && found.command.name === 'price' && isChartOf(rest, vocabulary);
    const asked = isChart ? null : readCommand(found.command, rest, vocabulary, locale, insists);
    if (asked !== null) return asked;
  }
  if (slash) return digestAtTime(tokens, commands, vocabulary, locale) ?? unknownCommand(tokens, commands);
  const digests = commands.find(({ name }) => name === 'digest create');
  const post = digests && dailyPost(tokens, (words) => readArgs(digests, words, vocabulary, locale), vocabulary);
  if (post) return invocationOf(post.command, post.reading);
  const create = asksForAlert(tokens) ? commands.find(({ name }) => name === 'alert create') : undefined;
  const alert =
    create === undefined ? null : readCommand(create, tokens, vocabulary, locale, insistsOnAlert(tokens, vocabulary));
  if (alert !== null) return alert;
  const waited = waitedFor(tokens, vocabulary, locale);
  const isQuestion = /[?？]\s*$/.test(text);
  if (waited !== null && (waited.told || !isQuestion)) {
    const args = { ...waited.reading.args, ...(waited.told ? {} : { offer: 'true' }) };
    return invocationOf('alert create', { ...waited.reading, args, left: [] });
  }
  const byName = new Map(
    commands.flatMap((command) => (WISHES.includes(command.name) ? [[command.name, command] as const] : [])),
  );
  const subnet = askedSubnet(tokens, vocabulary);
  if (subnet !== null && commands.some(({ name }) => name === 'subnet')) return { command: 'subnet', args: { subnet } };
  const coin = bareCoin(tokens, vocabulary);
  if (coin !== null && byName.has('coin')) return { command: 'coin', args: { coin } };
  if (anew !== null) return followed(anew, line);
  if (asksForPrediction(tokens, vocabulary)) return { command: 'help', args: { about: 'prediction' } };
  const plain = tokens.map(({ raw }) => raw).join(' ');
  const talk = smallTalk(line) ?? (tokens.length < typed.length ? smallTalk(plain) : null);
  if (talk !== null) return { command: 'help', args: { about: talk } };
  const own = ownWish(plain.toLowerCase());
  if (own !== null && commands.some(({ name }) => name === own.command)) return invocationOf(own.command, own.reading);
  if (asksForBlock(tokens) && commands.some(({ name }) => name === 'network')) return { command: 'network', args: {} };
  const joined = splitRates(
    joinCurrencies(
      joinSubnets(
        numberedSubnet(
          countedSubnet(withoutChartName(withoutAsides(withoutSending(tokens), vocabulary), vocabulary), vocabulary),
          vocabulary,
        ),
      ),
      vocabulary.currencies,
    ),
    vocabulary,
  );
  const computed = computedAmounts(joined, vocabulary, locale);
  const sum = computed.tokens === joined ? null : wishOf(computed.tokens, byName, vocabulary, locale);
  if (sum?.command === 'convert')
    return invocationOf('convert', { ...sum.reading, remarks: [...computed.remarks, ...sum.reading.remarks] });
  const wish = wishOf(joined, byName, vocabulary, locale) ?? mistypedWish(joined, byName, vocabulary, locale);
  if (wish !== null) return invocationOf(wish.command, wish.reading);
  const named = bareSubnet(tokens, vocabulary);
  if (named !== null && commands.some(({ name }) => name === 'subnet'))
    return { command: 'subnet', args: { subnet: named } };
  const near = mistypedCoin(tokens, vocabulary);
  if (near !== null)
    return {
      command: 'coin',
      args: { coin: `id:${near.id}` },
      remarks: [`I read ${quoted([plain])} as ${near.name}.`],
    };
  const stray = found === null ? null : strayed(found.command, tokens.slice(found.length), vocabulary, locale);
  if (stray !== null) return stray;
  const question = withoutAddress(line.replace(GREETING, ''));
  const asked = { command: 'faq', args: { question: question.slice(0, LONGEST_QUESTION) } };
  if (waited === null) return asked;
  const { target = '', condition = '' } = waited.reading.args;
  return { ...asked, remarks: [`To be told when that happens, type \`/alert ${target} ${condition}\`.`] };
}

function followed(anew: SaidAnew, line: string): ReadText {
  const { remark } = anew;
  return { ...withoutBefore(anew, line), follows: anew, ...(remark === undefined ? {} : { remarks: [remark] }) };
}

/** "convert" alone: a command that cannot do without arguments. */
function needsMore(command: Command): boolean {
  return visibleArgs(command).some(([, spec]) => spec.required === true);
}

/** Null when the words are rather a question than this command (never after a slash). */
function readCommand(
  command: Command,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  locale: string,
  slash: boolean,
): ReadText | null {
  if (tokens.length === 1 && tokens[0]?.word === 'help') return { command: 'help', args: { about: command.name } };
  const reading = readArgs(command, tokens, vocabulary, locale);
  if (!slash && (isUncertain(command, reading) || !surelyCoins(reading.args, vocabulary))) return null;
  if (!slash && command.name === 'subnet') return null; // "subnet fees" is a question: `askedSubnet` tells them apart
  const rate = command.name === 'price' ? rateOf(reading.args, vocabulary) : null;
  return rate === null ? invocationOf(command.name, reading) : invocationOf('convert', { ...reading, args: rate });
}

/** "price tao asdf near": one word that means nothing does not make a question of it; the answer names it. Null when it is none such. */
function strayed(command: Command, tokens: readonly Token[], vocabulary: Vocabulary, locale: string): ReadText | null {
  if (!WISHES.includes(command.name)) return null;
  const reading = readArgs(command, tokens, vocabulary, locale);
  const things = [reading.args['coin'], ...(reading.args['coins'] ?? '').split(',')].filter(Boolean);
  const [strange, sure] = [false, true].map((wanted) =>
    things.filter((coins = '') => surelyCoins({ coins }, vocabulary) === wanted),
  );
  const strays = new Set([...reading.left, ...reading.unknown, ...(strange ?? [])]);
  const isWord = [...strays].every((stray = '') => /^\p{L}+$/u.test(stray) && !vocabulary.topical(stray.toLowerCase()));
  return strays.size === 1 && isWord && (sure ?? []).length > 0 ? invocationOf(command.name, reading) : null;
}

/** "/price eur", "/price usd in chf", "price of gwei": the price of a currency or of a part of a coin is a rate. */
function rateOf(args: Readonly<Record<string, string>>, { currencies }: Vocabulary): Record<string, string> | null {
  const word = (args['coins'] ?? '').toLowerCase();
  const currency = currencyWord(word, currencies);
  const from = Object.hasOwn(COIN_UNITS, word) ? word : currency?.coin === false ? currency.code : null;
  if (from === null) return null;
  return { amount: '1', from, ...(args['currency'] === undefined ? {} : { to: args['currency'] }) };
}

function invocationOf(command: string, { args, left, remarks }: Reading): ReadText {
  const said = [...remarks, ...(left.length === 0 ? [] : [`I did not understand ${quoted(left)}.`])];
  return { command, args, ...(said.length === 0 ? {} : { remarks: said }) };
}

/** "/digest 9am berlin", "/digest craete 9am": a time behind the group is a digest to be set up; its preview has to be confirmed. */
function digestAtTime(
  [first, ...rest]: readonly Token[],
  commands: readonly Command[],
  vocabulary: Vocabulary,
  locale: string,
): ReadText | null {
  const create = first?.word === 'digest' ? commands.find(({ name }) => name === 'digest create') : undefined;
  if (create === undefined || rest.length === 0) return null;
  const [verb] = rest;
  const isTypo = verb !== undefined && editDistance(verb.word, 'create', MOST_MISTYPED) <= MOST_MISTYPED;
  const reading = readArgs(create, isTypo ? rest.slice(1) : rest, vocabulary, locale);
  if (reading.args['time'] === undefined) return null;
  const remarks = isTypo ? [`I read ${quoted([verb.raw])} as "create".`, ...reading.remarks] : reading.remarks;
  return invocationOf(create.name, { ...reading, remarks });
}
