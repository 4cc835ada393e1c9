// Every fallback source keeps the promises of a fallback source.
import { FALLBACK_IDS, type FallbackId } from '../../../src/market/fallback/sources.ts';
import { describeFallbackSource, type FallbackCase } from '../../contracts/fallback-source.ts';
import type { Fault } from '../../fakes/server.ts';

const STATUS: Fault = { kind: 'limited', retryAfter: '' };
const body = (error: string): Fault => ({ kind: 'body', body: JSON.stringify({ error: [error] }) });

const CASES: Readonly<Record<FallbackId, FallbackCase>> = {
  coinpaprika: {
    symbol: 'tao-bittensor',
    unknown: 'no-such-coin',
    otherCurrency: 'no-such-coin-in-euros',
    limits: [STATUS],
    inEuros: (text) => text.replace('"USD"', '"EUR"'),
    ageMs: 5_000,
  },
  kraken: {
    symbol: 'TAOUSD',
    unknown: 'NOUSD',
    otherCurrency: 'TAOEUR',
    limits: [
      STATUS,
      body('EGeneral:Too many requests'),
      body('EAPI:Rate limit exceeded'),
      body('EGeneral:Temporary lockout'),
    ],
    inEuros: (text) => text.replace('"TAOUSD"', '"TAOEUR"'),
    ageMs: 0,
  },
  coinbase: {
    symbol: 'TAO-USD',
    unknown: 'NO-USD',
    otherCurrency: 'TAO-EUR',
    limits: [STATUS],
    ageMs: 5_000,
  },
};

for (const id of FALLBACK_IDS) describeFallbackSource(id, CASES[id]);
