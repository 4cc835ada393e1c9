// Answers for several coins at once: whoever looks up a coin always finds a result, if only the reason why there is no price.
import type { QuoteResult, QuoteResults } from './market.ts';

class Results extends Map<string, QuoteResult> {
  override get(id: string): QuoteResult {
    return super.get(id) ?? { quote: null, reason: 'no price source lists this coin' };
  }
}

/** One result per coin id; any other id is a coin that nobody lists. */
export function quoteResults(results: Iterable<readonly [string, QuoteResult]>): QuoteResults {
  return new Results(results);
}

/** No price for any of these, for one reason: part of a sentence for people. */
export function withoutQuotes(ids: readonly string[], reason: string): QuoteResults {
  return quoteResults(ids.map((id) => [id, { quote: null, reason }]));
}
