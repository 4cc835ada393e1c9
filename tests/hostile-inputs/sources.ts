// Answers of price sources that are broken, wrong or hostile, and the tests that try them.
import type { Tried } from './place.ts';

const CLIENT = 'http/client.test.ts';
const REASON = '%s is a failure with a reason';
const DAMAGED = 'market/hostile/malformed.test.ts';
const MANY = '10,000 damaged bodies, seeded';
const FORM = 'the form %j never becomes a price, nor any other figure';
const GLITCH = 'market/hostile/glitch.test.ts';
const CHECK = 'market/plausibility/price-check.test.ts';

export const SOURCES: readonly Tried[] = [
  ['HTML, nothing, null and other types with status 200', CLIENT, REASON],
  ['a body that is cut anywhere', DAMAGED, MANY],
  [
    'a body cut within a letter',
    CLIENT,
    'a body cut in the middle of a letter, or not in UTF-8 at its end, is read whole or not at all',
  ],
  ['a limit or an error inside a good status', DAMAGED, '300 damaged bodies through HTTP'],
  ['a price that is null, missing, a list, an object or a word', DAMAGED, FORM],
  ['a price as text, in any notation', DAMAGED, FORM],
  ['a price that is negative, zero, endless or tiny', CHECK, 'what is not a positive number is refused'],
  ['prices of two coins in each other’s place', DAMAGED, MANY],
  [
    'another currency than the one asked for',
    'contracts/fallback-source.ts',
    'a price in another currency is not taken for dollars',
  ],
  [
    'times in other units, of tomorrow or of before',
    CHECK,
    'times older than the last are refused; the same time again is not',
  ],
  [
    'a clock of the source that runs ahead',
    'market/outage.test.ts',
    'a source clock that runs ahead makes nothing younger than its receipt',
  ],
  ['prices that stand still', GLITCH, 'a sign flip, a frozen zero and an old trade between fresh ones change nothing'],
  [
    'all prices a thousand or a million times too high',
    GLITCH,
    'December 2021: everything ×17,000,000 with the stablecoins, then ×0.01, is neither shown nor stored',
  ],
  ['one price ten or a thousand times wrong', GLITCH, 'one coin ×%d without any second source is never shown'],
  ['a stablecoin that is worth millions', CHECK, 'stablecoins hold between 0.9 and 1.1 dollars, bitcoin within 30 %'],
  ['changes below −100 % and beyond reason', DAMAGED, MANY],
  ['a market cap below the price, ranks and supplies that cannot be', DAMAGED, MANY],
  ['a supply that cannot be true', 'app/commands.test.ts', 'a max supply that cannot be true is unknown'],
  [
    'a name of markup, pings and endless letters',
    'bots/discord/hostile.test.ts',
    'a name from the price source stays literal',
  ],
  [
    'names of subnets of the same kind',
    'app/subnets/hostile.test.ts',
    'on Slack: no mention of a channel or person, no link of theirs',
  ],
  [
    'lines without points, with gaps, with a million points',
    'charts/clean-series.test.ts',
    'ends in strictly ascending time for any input',
  ],
  ['a million points in a picture', 'charts/charts.test.ts', 'draws a million points'],
  ['names of prototypes as keys', DAMAGED, MANY],
  ['one key with two values', DAMAGED, MANY],
  ['a mark of byte order', CLIENT, 'a byte order mark does not matter'],
  ['UTF-16, bytes that are no text, and what unpacks to gigabytes', CLIENT, REASON],
  ['a redirect to another host', CLIENT, REASON],
  [
    'a connection that ends early or hangs',
    CLIENT,
    'a far end that hangs costs its deadline, one that refuses costs nothing',
  ],
  ['waits that are zero, negative, endless or missing', CLIENT, '"%s" pauses %d ms, and no call is made before'],
  ['a refused key and a page of a firewall', CLIENT, REASON],
  [
    'a second source that disagrees',
    GLITCH,
    'sources that disagree: ours is held back, and after 15 minutes the other one shows under its own name',
  ],
  ['numbers of the chain that cannot be', 'chain/runtime/damaged-answers.test.ts', '20,000 damaged ones, too'],
];
