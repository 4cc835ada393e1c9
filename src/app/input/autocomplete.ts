// Choices while somebody types: coins, subnets, currencies, questions, time zones; from local indexes only, so it is instant.
import type { ArgType } from '../command.ts';
import { coinLabel } from './coin-argument.ts';
import type { Services } from '../services.ts';
import { headOf } from '../../base/visible-text.ts';

/** `name` is shown, `value` is what the command gets; both 1 to 100 characters (Discord's limit). */
export type Choice = { name: string; value: string };

/** The argument under the cursor, with what was typed so far. */
export type CompleteQuery = {
  command: string;
  arg: string;
  type: ArgType;
  text: string;
  place: { tenant: string; channel: string };
  /** Who types; absent where nobody is known. */
  user?: string;
};

/** At most 25 choices, best first. @throws the error of the store where what is stored cannot be read */
export type Complete = (query: CompleteQuery) => Promise<readonly Choice[]>;

const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;

/** Choices for arguments that name something stored: a digest of the place, an alert of whoever types. */
export type StoredChoices = Partial<Record<ArgType, Complete>>;

export function createComplete(services: Services, stored: StoredChoices = {}): Complete {
  return async (query) => {
    const text = query.text.slice(0, LONGEST_CHOICE).trim();
    const found = (await stored[query.type]?.({ ...query, text })) ?? (await choices(query.type, text, services));
    return found
      .slice(0, MOST_CHOICES)
      .filter(
        ({ name, value }) =>
          name !== '' && value !== '' && name.length <= LONGEST_CHOICE && value.length <= LONGEST_CHOICE,
      );
  };
}

async function choices(type: ArgType, text: string, services: Services): Promise<readonly Choice[]> {
  switch (type) {
    case 'coin':
      return coinChoices(text, services);
    case 'subnet':
      return subnetChoices(text, services);
    case 'coins':
      return coinLists(text, services);
    case 'currency':
      return services.market
        .currencies()
        .filter((code) => code.startsWith(text.toLowerCase()))
        .map((code) => ({ name: code.toUpperCase(), value: code }));
    case 'text':
      return (await services.content.search.prepare())
        .complete(text, MOST_CHOICES)
        .map((entry) => ({ name: shortened(entry.question), value: entry.question.slice(0, LONGEST_CHOICE) }));
    case 'zone':
      return services.digests.zones(text, MOST_CHOICES).map((zone) => ({ name: zone, value: zone }));
    default:
      return [];
  }
}

/** Subnets come first once somebody writes their short form ("sn6"). */
function coinChoices(text: string, services: Services): Choice[] {
  const coins = services.content.index().complete(text, MOST_CHOICES);
  return [
    ...(/^(?:sn|subnet ?)\d/iu.test(text) ? subnetChoices(text, services) : []),
    ...coins.map((coin) => ({ name: shortened(coinLabel(coin)), value: coin.id })),
  ];
}

function subnetChoices(text: string, { subnets }: Services): Choice[] {
  const { exact, near } = subnets.find(text);
  return [...exact, ...near].map(({ netuid, name }) => ({ name: `SN${netuid} · ${name}`, value: `sn${netuid}` }));
}

/** Completes the last coin of a list and keeps those before it: "tao, ne" → "TAO, NEAR · NEAR Protocol". */
function coinLists(text: string, services: Services): Choice[] {
  const words = text.split(/[\s,]+/);
  const last = words.pop() ?? '';
  const before = words.filter(Boolean);
  return coinChoices(last, services)
    .filter(({ value }) => !before.includes(value))
    .map(({ name, value }) => ({
      name: shortened([...before.map((word) => word.toUpperCase()), name].join(', ')),
      value: [...before, value].join(','),
    }));
}

/** Cut visibly, never inside a surrogate pair: half a character is no text. */
function shortened(text: string): string {
  return text.length <= LONGEST_CHOICE ? text : `${headOf(text, LONGEST_CHOICE - 1)}…`;
}

/** Stored things as a list shows them, by their number there and their words; those that hold the text. */
export function numberedChoices(things: readonly { id: string; words: string }[], text: string): readonly Choice[] {
  return things
    .map(({ id, words }, index) => ({ name: shortened(`${index + 1} · ${words}`), value: id }))
    .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text.toLowerCase()));
}
