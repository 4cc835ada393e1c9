// "And in eur?": a wish that goes on from the one before, remembered by person and channel, in this process.
import { type Card, type Invocation, isErrorCard } from './card.ts';
import { askerKey, type Request } from './command.ts';
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
      if (request.follows !== true) return request;
      const before = request.platform === 'web' ? undefined : recent.last(keyOf(request));
      return before === undefined ? request : { ...request, ...continued(before, request.args) };
    },
    remember(request, card) {
      const isMeant = card.outcome === 'unavailable' || !isErrorCard(card);
      if (request.platform === 'web' || !isMeant || !AGAIN.has(request.command)) return;
      recent.remember(keyOf(request), { command: request.command, args: request.args });
    },
  };
}

/** The wish before with what is said anew: coins, a currency, a range. */
function continued({ command, args }: Invocation, said: Readonly<Record<string, string>>): Invocation {
  const { coins, currency, range } = said;
  const before = args['coins'] ?? args['coin'] ?? args['subnet'] ?? args['from'] ?? 'id:bittensor';
  const money = currency ?? args['currency'];
  const inMoney = money === undefined ? {} : { currency: money };
  if (range !== undefined)
    return command === 'compare'
      ? { command, args: { ...args, range } }
      : { command: 'chart', args: { coin: before.split(',')[0] ?? before, range, ...inMoney } };
  if (command === 'convert')
    return { command, args: { ...args, ...(coins === undefined ? { to: currency ?? '' } : { from: coins }) } };
  if (coins === undefined)
    return command === 'compare'
      ? { command: 'price', args: { coins: before, ...inMoney } } // moves are the same in every currency
      : { command, args: { ...args, ...inMoney } };
  if (command === 'compare') return { command, args: { ...args, coins: `${before},${coins}` } };
  if (command === 'price') return { command, args: { ...args, coins } };
  if (command === 'subnet' || coins.includes(',')) return { command: 'price', args: { coins, ...inMoney } };
  return { command, args: { ...args, coin: coins } };
}
