// The names of the moving numbers that prose may mention; the text holds `{{name}}`, the value comes from live data, and
// `{{without:name}}` begins a sentence that stands in while the value is unknown.

/**
 * Every placeholder that content may use. Values come with their unit, and most with their age, ready to stand in a sentence: price
 * "$250.28 (CoinGecko, 42 s ago)", change24h "▲ +3.60% (CoinGecko, 42 s ago)", allTimeHigh "$757.60 on 11 Apr 2024 (CoinGecko, 42 s ago)",
 * marketCap and volume24h "$2.84B (CoinGecko, 42 s ago)", issuance "11,207,000 TAO (read 5 s ago)", blockHeight "8,791,253 (read 5 s ago)",
 * emissionPerBlock "0.5 TAO", emissionPerDay "3,600 TAO", nextHalvingThreshold "15,750,000 TAO", nextHalvingEstimate "between April 2030 and
 * May 2030 (read 5 s ago)", subnetCount "128 (read 5 s ago)", newSubnetPrice "962.89 TAO (read 5 s ago)", subnetProtection "864,000 blocks,
 * about 120 days (read 5 s ago)".
 */
export const PLACEHOLDER_NAMES = [
  'price',
  'change24h',
  'allTimeHigh',
  'marketCap',
  'volume24h',
  'issuance',
  'blockHeight',
  'emissionPerBlock',
  'emissionPerDay',
  'nextHalvingThreshold',
  'nextHalvingEstimate',
  'subnetCount',
  'newSubnetPrice',
  'subnetProtection',
] as const;

export type PlaceholderName = (typeof PLACEHOLDER_NAMES)[number];

/** True when content may use this name between double braces. */
export function isPlaceholderName(name: string): name is PlaceholderName {
  return (PLACEHOLDER_NAMES as readonly string[]).includes(name);
}
