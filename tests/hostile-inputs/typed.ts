// Hostile words that people type into commands and options, and the tests that try them.
import type { Tried } from './place.ts';

const DISCORD = 'bots/discord/hostile.test.ts';
const SLACK = 'bots/slack/hostile.test.ts';
const INERT = '%s is shown inert or refused';
const NUMBERS = 'app/reader/numbers.test.ts';
const SCHEDULE = 'digests/schedule/input.test.ts';

export const TYPED: readonly Tried[] = [
  ['a ping of everyone as a coin, on Discord', DISCORD, '%s'],
  ['mentions of roles, people and channels as a coin, on Discord', DISCORD, '%s'],
  ['special mentions of Slack as a coin', SLACK, INERT],
  ['a special mention that is escaped already', SLACK, 'shows an escaped ping as typed'],
  ['a link behind other words, in Markdown', DISCORD, '%s'],
  ['a link that shows another host, in the markup of Slack', SLACK, INERT],
  ['a path that climbs out of the address of a source', DISCORD, 'no path or query of a price source changes'],
  ['a query of its own for a source', DISCORD, 'no path or query of a price source changes'],
  ['line breaks and a header', SLACK, INERT],
  [
    'names that every JavaScript object has',
    'market/market.test.ts',
    'unknown coins and currencies are told apart from failures and cost no calls of their own',
  ],
  ['the same, as a coin to look up', 'content/coin-search/coin-index.test.ts', 'any text gets an answer'],
  ['a ticker in full-width or Cyrillic letters', DISCORD, 'full width folds, Cyrillic is not taken for Latin'],
  [
    'marks that turn the direction of writing',
    'bots/discord/render/text.test.ts',
    'never pings, links elsewhere, leaves marks open or starts a line of its own',
  ],
  [
    'thousands of characters and combining marks',
    'faq/search.test.ts',
    'hostile input ends soon, in a result like any other',
  ],
  [
    'control characters, lone surrogates and what is no character',
    'base/visible-text.test.ts',
    'whatever comes in, nothing hidden and never more than the limit comes out',
  ],
  ['SQL', SLACK, INERT],
  ['commands of a shell', SLACK, INERT],
  ['expressions of template languages', SLACK, INERT],
  ['text that makes careless patterns slow', 'app/private-text.test.ts', 'is done in no time with hostile text'],
  [
    'brackets and words that repeat without end',
    'faq/search.test.ts',
    'hostile input ends soon, in a result like any other',
  ],
  ['amounts that are no numbers, infinite or hexadecimal', NUMBERS, '%j is no number'],
  ['amounts in other notations', NUMBERS, 'reads back what it writes, in every locale'],
  [
    'percentages and targets that cannot be',
    'alerts/limits.test.ts',
    'a price below a fifth or above five times the present one is asked back',
  ],
  ['times of day that do not exist', SCHEDULE, 'refuses %s with an example'],
  ['the same, through Discord', 'bots/discord/digests.test.ts', 'a time like %j is refused with an example'],
  ['time zones that do not exist', SCHEDULE, 'refuses %s with three suggestions that work'],
  ['time zones in other spellings', SCHEDULE, '%s is %s'],
  ['offsets in place of a time zone', SCHEDULE, '%s warns about daylight saving'],
  [
    'long text while choices are offered',
    'app/input/autocomplete.test.ts',
    'any text gives choices that Discord accepts',
  ],
  ['the same, through Discord', 'bots/discord/commands.test.ts', 'answers within limits: %j'],
  ['many commands of one person', 'app/dispatch/cool-down.test.ts', 'the sixteenth message at once is refused unread'],
  [
    'more commands than can be answered',
    'bots/discord/receive/load/admission.test.ts',
    'bounds the work in progress, and lets the newest go first',
  ],
  [
    'one interaction delivered twice',
    'bots/discord/receive/strange-events.test.ts',
    'the same interaction twice, in one process or two: one answer',
  ],
  [
    'an interaction that is too old on arrival',
    'bots/discord/receive/strange-events.test.ts',
    'a question that comes too late costs no work',
  ],
  [
    'a command without server and member',
    DISCORD,
    'works in direct messages, threads and group conversations, without member and guild objects',
  ],
  [
    'a digest for a channel without rights there',
    'bots/discord/digests.test.ts',
    'need the right over the channel, also over the one that is named',
  ],
  [
    'a digest where the bot may not post',
    'digests/manage/setting-up.test.ts',
    'is refused with the remedy where the bot cannot post',
  ],
  ['a digest of another server', 'digests/commands.test.ts', 'checks rights and tenant when acting'],
  ['locales that do not exist', DISCORD, 'odd locales'],
  ['a command with such a locale', 'app/commands.test.ts', 'a broken locale means English, for every command'],
  ['ids of questions that cannot be', DISCORD, '%s'],
  ['people with names of markup', DISCORD, '%s'],
  ['markup in the page', 'web/web.test.ts', 'stays text: %s'],
];
