// What assistants may ask over MCP: read-only tools, each one of our commands with named arguments.
import { z } from 'zod';
import { SORTS } from '../../app/subnets/sorting.ts';
import { RANGES } from '../../base/ranges.ts';
import { visibleLine } from '../../base/visible-text.ts';
import type { Invocation } from '../../app/card.ts';

const LONGEST = 200;
const Words = z.string().min(1).max(LONGEST);
const Coin = Words.describe('Ticker, name or CoinGecko id, for example tao');
const Currency = Words.optional().describe('Currency of the prices, for example eur; usd when left out');

/** The name of a tool is that of its command; its arguments are the command's, as text. */
export type Tool = { name: string; title: string; description: string; input: z.ZodRawShape };

export const TOOLS: readonly Tool[] = [
  {
    name: 'coin',
    title: 'Coin card',
    description: 'Live price, changes, market cap, volume and profile of a coin.',
    input: { coin: Coin, currency: Currency },
  },
  {
    name: 'price',
    title: 'Prices',
    description: 'Live prices of one or several coins with their change of 24 hours.',
    input: { coins: Words.describe('One or several, separated by commas, for example tao,near'), currency: Currency },
  },
  {
    name: 'convert',
    title: 'Convert',
    description: 'Convert an amount between coins and currencies at live prices.',
    input: {
      amount: z.union([z.number().nonnegative(), Words]).describe('How much, for example 2.5'),
      from: Words.describe('A coin or currency'),
      to: Words.optional().describe('A coin or currency; usd when left out'),
    },
  },
  {
    name: 'chart',
    title: 'Price chart',
    description: 'Price history of a coin as a picture and as a series.',
    input: {
      coin: Coin,
      range: z.enum(RANGES).optional().describe('Time range; 7d when left out'),
      currency: Currency,
    },
  },
  {
    name: 'faq',
    title: 'Checked answers on Bittensor',
    description: 'A sourced, dated answer to a question on Bittensor, or the nearest questions when there is none.',
    input: { question: Words.describe('The question in plain words') },
  },
  {
    name: 'network',
    title: 'Bittensor network',
    description: 'Block, issuance, emission and the next halving of the Bittensor chain.',
    input: {},
  },
  {
    name: 'subnet',
    title: 'Bittensor subnet',
    description: 'Price, pool, emission and state of removal of one Bittensor subnet.',
    input: { subnet: Words.describe('Number, name or symbol, for example 64') },
  },
  {
    name: 'subnets',
    title: 'Bittensor subnets',
    description: 'The first ten subnets of Bittensor in an order of your choice.',
    input: { sort: z.enum(SORTS).optional().describe('Order; cap when left out') },
  },
];

/** What a call may hold: anything else, `currencies` for `currency`, is refused in words that name what there is, as it would change no answer. */
export function schemaOf({ input }: Pick<Tool, 'input'>): z.ZodType<Record<string, unknown>> {
  const names = Object.keys(input);
  const known = names.length === 0 ? 'there are no arguments' : `the arguments are ${names.join(', ')}`;
  return z.strictObject(input, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `unknown: ${(issue.keys ?? []).join(', ')}; ${known}` : undefined,
  });
}

/** The command that a call stands for. `given` was checked against the tool's input; what nobody sees of a text is left out. */
export function invocationOf(name: string, given: Readonly<Record<string, unknown>>): Invocation {
  const args = Object.entries(given).flatMap(([key, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[key, visibleLine(String(value), LONGEST)] as const] : [],
  );
  return { command: name, args: Object.fromEntries(args) };
}
