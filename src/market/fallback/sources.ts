// The list of fallback price sources. A new source is a file like its neighbours and one line here: settings, keys of coin profiles and links follow.
import { coinbase } from './coinbase.ts';
import { coinpaprika } from './coinpaprika.ts';
import { kraken } from './kraken.ts';

/** In the order in which they are asked unless the settings say otherwise. */
export const FALLBACK_SOURCES = [coinpaprika, kraken, coinbase] as const;

export type FallbackId = (typeof FALLBACK_SOURCES)[number]['id'];

export const FALLBACK_IDS: readonly FallbackId[] = FALLBACK_SOURCES.map(({ id }) => id);

/** Id of a coin at each fallback source; a source without an entry does not know the coin. */
export type FallbackSymbols = Readonly<Partial<Record<FallbackId, string | undefined>>>;
