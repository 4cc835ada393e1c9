// Quotes of a digest's coins: a subnet is the one that was registered when the digest was made, not whatever has its number now.
import type { Services } from '../services.ts';
import { assetQuotes, isSubnetId, subnetNetuid } from '../subnets/as-coin.ts';
import type { DigestOrder } from '../../digests/digests.ts';
import type { QuoteResult, QuoteResults } from '../../market/market.ts';

type Order = Pick<DigestOrder, 'coins' | 'currency' | 'registrations'>;

export async function registeredQuotes(
  services: Pick<Services, 'market' | 'subnets'>,
  { coins, currency, registrations = {} }: Order,
): Promise<QuoteResults> {
  const quotes = await assetQuotes(services, coins, currency);
  const subnets = coins.filter(isSubnetId);
  const { snapshot } = subnets.length === 0 ? { snapshot: null } : await services.subnets.snapshot();
  if (snapshot === null) return quotes;
  const gone = new Map<string, QuoteResult>();
  for (const id of subnets) {
    const netuid = subnetNetuid(id);
    const wanted = registrations[id];
    const now = snapshot.subnets.find((one) => one.netuid === netuid);
    if (wanted === undefined || now?.registeredAtBlock === null) continue; // unknown: it may still be the same
    if (now === undefined) gone.set(id, { quote: null, reason: 'this subnet was removed from the network' });
    else if (now.registeredAtBlock !== wanted)
      gone.set(id, {
        quote: null,
        reason: `this subnet was removed; number ${netuid} belongs to another one now, for which there can be a new digest`,
      });
  }
  return Object.assign(new Map([...coins.map((id) => [id, quotes.get(id)] as const), ...gone]), {
    get: (id: string) => gone.get(id) ?? quotes.get(id),
  });
}
