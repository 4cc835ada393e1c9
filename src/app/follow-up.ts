// "And in eur?", "again": a wish that goes on from the one before, remembered by person and channel, in this process.
import { type Card, type Invocation, isErrorCard } from './card.ts';
import { askerKey, type Request } from './command.ts';
import type { SaidAnew } from './reader/wishes/follow-up.ts';
import type { Services } from './services.ts';

/** What can be asked again with another coin, currency or range. */
const AGAIN = new Set(['price', 'coin', 'chart', 'compare', 'convert', 'subnet']);

export type FollowUps = {
  /** The request as it is meant after the last one; as it was read where nothing is remembered. */
  resolve(request: Request): Request;
  /** Notes what was answered. The web page does not know who asks. */
  remember(request: Request, card: Card): void;
};

export function createFollowUps(recent: Services['recentWishes']): FollowUps {
  const keyOf = (request: Request) => `${askerKey(request)}:${request.place.channel}`;
  return {
    resolve(request) {
      if (request.follows === undefined) return request;
      const before = request.platform === 'web' ? undefined : recent.last(keyOf(request));
      return before === undefined ? request : { ...request, ...continued(before, request.follows) };
    },
    remember(request, card) {
      const isMeant = card.outcome === 'unavailable' || !isErrorCard(card);
      if (request.platform === 'web' || !isMeant || !AGAIN.has(request.command)) return;
      recent.remember(keyOf(request), { command: request.command, args: request.args });
    },
  };
}

/** The wish before with what is said anew. */
function continued({ command, args }: Invocation, said: SaidAnew): Invocation {
  const before = args['coins'] ?? args['coin'] ?? subnetAsCoin(args['subnet']) ?? args['from'] ?? 'id:bittensor';
  const [first = before] = before.split(',');
  const money = said.currency ?? args['currency'];
  const inMoney = money === undefined ? {} : { currency: money };
  if (said.against !== undefined) return { command: 'compare', args: { coins: `${first},${said.against}` } };
  if (said.view === 'price') return { command: 'price', args: { coins: before, ...inMoney } };
  if (said.view !== undefined) return { command: said.view, args: { coin: first, ...inMoney } };
  if (said.amount !== undefined)
    return command === 'convert'
      ? { command, args: { ...args, amount: said.amount } }
      : {
          command: 'convert',
          args: { amount: said.amount, from: first, ...(money === undefined ? {} : { to: money }) },
        };
  if (said.range !== undefined)
    return command === 'compare'
      ? { command, args: { ...args, range: said.range } }
      : { command: 'chart', args: { coin: first, range: said.range, ...inMoney } };
  if (said.coins !== undefined) return withCoins({ command, args }, before, said.coins, inMoney);
  return said.currency === undefined ? { command, args } : inCurrency({ command, args }, before, said.currency);
}

/** Charts and prices know subnets as "sn64". */
function subnetAsCoin(subnet: string | undefined): string | undefined {
  return subnet !== undefined && /^\d+$/.test(subnet) ? `sn${subnet}` : subnet;
}

function inCurrency({ command, args }: Invocation, before: string, currency: string): Invocation {
  if (command === 'convert') return { command, args: { ...args, to: currency } };
  return command === 'compare'
    ? { command: 'price', args: { coins: before, currency } } // moves are the same in every currency
    : { command, args: { ...args, currency } };
}

function withCoins(
  { command, args }: Invocation,
  before: string,
  coins: string,
  inMoney: { currency?: string },
): Invocation {
  if (command === 'convert') return { command, args: { ...args, from: coins } };
  if (command === 'compare') return { command, args: { ...args, coins: `${before},${coins}` } };
  if (command === 'price') return { command, args: { ...args, coins } };
  if (command === 'subnet' || coins.includes(',')) return { command: 'price', args: { coins, ...inMoney } };
  return { command, args: { ...args, coin: coins } };
}
