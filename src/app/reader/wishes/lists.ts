// Lists in plain words: "top 10 coins", "new subnets", "which subnet is next to be removed", "gainers".
import type { SubnetSort } from '../../subnets/sorting.ts';
import type { Reading } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** More coins do not fit one message. */
const MOST_LISTED = 10;
/** Behind the last page of any list of subnets: the command shows its last one. */
const LAST_PAGE = '99';
const LEAD = '(?:(?:what|which|show|list|give|get) )?(?:are |is )?(?:me )?(?:a )?(?:list of )?(?:the )?';
const BY_CAP = ' by (?:market ?cap(?:italization|italisation)?|mcap|size)';
/** "top 10 coins", "biggest coins by market cap"; a number alone ("top 5") will do. */
const TOP_COINS = new RegExp(
  `^${LEAD}(?:(?:current|crypto) )?(?:top|biggest|largest)(?: (\\d{1,3}))?( (?:coins?|cryptos?|cryptocurrency|cryptocurrencies|tokens?))?(${BY_CAP})?$`,
);
const NOW = '(?: (?:today|now|right now|this week|(?:in |last |past )?24 ?h(?:ours)?|of the day))?';
const GONE = '(?:removed|deregistered|de-registered|pruned|kicked|deregistration|removal)';
/** The orders in which subnets are asked for, the more special ones first. */
const SUBNETS: readonly (readonly [SubnetSort, RegExp])[] = [
  ['emission', new RegExp(`^${LEAD}(?:(?:top|best|biggest|largest) )?(?:\\d+ )?subnets? by emissions?$`)],
  ['emission', /^which subnets? (?:has|have|gets?) (?:the )?(?:highest|most|biggest|largest) emissions?$/],
  ['cap', /^which subnets? (?:is|are) (?:the )?(?:biggest|largest)$/],
  ['price', new RegExp(`^${LEAD}(?:most expensive subnets?|(?:top )?(?:\\d+ )?subnets? by price)${NOW}$`)],
  ['new', new RegExp(`^${LEAD}(?:\\d+ )?(?:new|newest|latest|youngest)(?: \\d+)? subnets?$`)],
  [
    'risk',
    new RegExp(`^(?:what |which )?subnets? (?:are |is )?(?:at risk|next|about|likely|in line)(?: .*\\b${GONE})?$`),
  ],
  [
    'risk',
    new RegExp(`^${LEAD}(?:next subnets?|subnets?) (?:to be |at risk of (?:being )?|next in line for )${GONE}$`),
  ],
  ['change', new RegExp(`^${LEAD}(?:top |biggest |best )?subnet (?:gainers?|winners?|movers?)${NOW}$`)],
  [
    'change',
    new RegExp(`^${LEAD}(?:best performing (?:\\d+ )?subnets?${NOW}|top (?:\\d+ )?subnets? (?:today|this week))$`),
  ],
  [
    'cap',
    new RegExp(
      `^${LEAD}(?:(?:top|biggest|largest)(?: \\d+)? subnets?(?:${BY_CAP})?|subnets?${BY_CAP}|all(?: the)? subnets)$`,
    ),
  ],
  ['cap', /^(?:show (?:me )?)?(?:a |the )?(?:list of (?:all )?(?:the )?subnets|subnets? list)$/],
];
/** Lists begin with the largest: the smallest stand on the last page. */
const FROM_BELOW: readonly (readonly [SubnetSort, string, RegExp])[] = [
  [
    'change',
    'The weakest last.',
    new RegExp(
      `^${LEAD}(?:(?:worst(?: performing)?|weakest) (?:\\d+ )?subnets?|subnets? (?:that are |is |are )?(?:the )?(?:worst|weakest))${NOW}$`,
    ),
  ],
  [
    'price',
    'The cheapest last.',
    new RegExp(`^${LEAD}(?:cheapest (?:\\d+ )?subnets?|subnets? (?:is |are )?(?:the )?cheapest)${NOW}$`),
  ],
  [
    'cap',
    'The smallest last.',
    new RegExp(`^${LEAD}(?:smallest (?:\\d+ )?subnets?|subnets? (?:is |are )?(?:the )?smallest)(?:${BY_CAP})?${NOW}$`),
  ],
];
/** What is earned in a subnet nobody lists; what the network pays to it is known. */
const PAYING = [
  /^(?:what|which) subnets? (?:pays?|earns?|makes?|yields?|gives?)(?: out)? (?:the )?(?:most|best|highest|more)(?: (?:tao|money|rewards?|yield))?$/,
  new RegExp(
    `^${LEAD}(?:(?:highest|best|top)[ -](?:paying|earning|paid|yielding)|most (?:profitable|rewarding|lucrative)) subnets?$`,
  ),
  /^(?:what|which) subnets? (?:is|are) (?:the )?(?:most (?:profitable|rewarding|lucrative)|(?:highest|best)[ -](?:paying|paid))$/,
];
const PAID =
  'By emission, which is what the network pays to a subnet; what one earns in it depends on the others there.';
const MOVERS = new RegExp(
  `^${LEAD}(?:(?:top|biggest|best|worst|today's) )*(gainers?|winners?|movers?|losers?)(?: and losers?)?(?: in crypto)?${NOW}$`,
);

/** The list that a message asks for and nothing else, or null. `text`: lower case, without marks. */
export function listWish(text: string, vocabulary: Vocabulary): { command: string; reading: Reading } | null {
  const plain = text.replace(/^(what|which)'s /, '$1 ');
  const below = FROM_BELOW.find(([, , form]) => form.test(plain));
  if (PAYING.some((form) => form.test(plain))) return subnets({ sort: 'emission' }, [PAID]);
  if (below !== undefined) return subnets({ sort: below[0], page: LAST_PAGE }, [below[1]]);
  const order = SUBNETS.find(([, form]) => form.test(plain))?.[0];
  const count = Number(
    /(\d{1,3}) (?:newest |latest |youngest |new )?subnets?\b|^.*\b(?:newest|latest|youngest|new) (\d{1,3})\b/
      .exec(plain)
      ?.slice(1)
      .find(Boolean),
  );
  if (order !== undefined) return ordered(order, count);
  return movers(plain) ?? topCoins(plain, vocabulary);
}

/** `count`: NaN where nobody said how many. */
function ordered(order: SubnetSort, count: number): ReturnType<typeof listWish> {
  const sort = order === 'cap' ? {} : { sort: order };
  if (!(count > 0) || count === MOST_LISTED) return subnets(sort);
  return count < MOST_LISTED
    ? subnets({ ...sort, count: String(count) })
    : subnets(sort, [`${MOST_LISTED} at a time.`]);
}

/** The largest by market cap, as many as asked for and fit. */
function topCoins(text: string, vocabulary: Vocabulary): ReturnType<typeof listWish> {
  const match = TOP_COINS.exec(text);
  if (match === null || (match[1] ?? match[2] ?? match[3]) === undefined) return null;
  const coins = vocabulary.largest(Math.min(MOST_LISTED, Number(match[1] ?? MOST_LISTED)));
  if (coins.length === 0) return null;
  const isMore = Number(match[1] ?? 0) > MOST_LISTED;
  const remarks = [
    `The ${coins.length} largest coins by market cap${isMore ? `: more than ${MOST_LISTED} do not fit one answer` : ''}.`,
  ];
  return { command: 'price', reading: { args: { coins: coins.join(',') }, unknown: [], left: [], remarks } };
}

/** Nobody lists the day's movers among all coins here; those among subnets are known, and which they are is said. */
function movers(text: string): ReturnType<typeof listWish> {
  const kind = MOVERS.exec(text)?.[1];
  if (kind === undefined) return null;
  const said = "I keep no list of the day's movers among coins; these are Bittensor's subnets";
  return kind.startsWith('loser')
    ? subnets({ sort: 'change', page: LAST_PAGE }, [`${said}, the weakest last.`])
    : subnets({ sort: 'change' }, [`${said}.`]);
}

function subnets(args: Record<string, string>, remarks: string[] = []): ReturnType<typeof listWish> {
  return { command: 'subnets', reading: { args, unknown: [], left: [], remarks } };
}
