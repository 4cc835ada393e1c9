// The small lines under figures of subnets: where they come from, how old they are, and what could not be read.
import type { Block, Span } from '../card.ts';
import { money } from '../../format/numbers.ts';
import { ageSpans, quoteAge, remarks, sourceName, type View } from '../blocks/quote.ts';
import { chainSource, isSample } from './figures.ts';
import type { SubnetSnapshot } from '../../chain/subnets/port.ts';
import type { QuoteResult } from '../../market/market.ts';

/** The chain with its age, TAO's price with its own, and the mode in which only prices are known. */
export function sourceNotes(snapshot: SubnetSnapshot, tao: QuoteResult | null, view: View): Block[] {
  const same = isSample(snapshot) && tao?.quote?.source.id === 'sample';
  return [
    { kind: 'note', spans: chainSource(snapshot, view, ageSpans) },
    ...(tao === null || same ? [] : [{ kind: 'note', spans: taoSpans(tao, view) } as const]),
    ...modeNote(snapshot),
  ];
}

function taoSpans(tao: QuoteResult, view: View): Span[] {
  if (tao.quote === null) return [`No price in your currency: ${tao.reason}`];
  const { quote } = tao;
  const at = money(quote.price, quote.currency, view.locale);
  return [
    `TAO at ${at}: `,
    { kind: 'link', text: sourceName(quote.source), href: quote.source.url },
    ' · ',
    ...quoteAge(quote, view),
    ...remarks(tao, view),
  ];
}

/** Said whenever figures may be missing because the chain's details could not be read. */
export function modeNote({ completeness }: SubnetSnapshot): Block[] {
  if (completeness === 'full') return [];
  const words = ' · details cannot be read right now: names are the last known, pools and emission may be missing.';
  return [{ kind: 'note', spans: [{ kind: 'bold', text: '⚠ prices only' }, words] }];
}
