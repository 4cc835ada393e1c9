// The time ranges of charts, as people type them.
import type { Range as MarketRange } from '../market/market.ts';

export type Range = MarketRange;

export const RANGES = ['24h', '7d', '30d', '90d', '1y'] as const satisfies readonly MarketRange[];
