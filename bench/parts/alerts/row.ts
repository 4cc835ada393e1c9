// An alert as it stands in the database, for the benchmarks.
import { newRow } from '../../../src/alerts/alert-row.ts';
import type { AlertSpec } from '../../../src/alerts/stored-spec.ts';
import type { AlertRow } from '../../../src/store/alerts/alerts.ts';

/** `price`: it tells when the coin rises above it, in dollars. `channel`: where. */
type Wanted = { coin: string; price: number; channel: string; createdAt: number };

export function alertRow(index: number, { coin, price, channel, createdAt }: Wanted): AlertRow {
  const spec: AlertSpec = {
    target: { kind: 'coin', id: coin },
    label: 'COIN',
    currency: 'usd',
    condition: { kind: 'above', price },
    repeat: 'always',
    locale: 'en',
  };
  const row = {
    id: `a${String(index).padStart(7, '0')}`,
    platform: 'discord',
    tenant: `t${index % 100}`,
    channel,
    made_in: 'c1',
    owner: `u${index}`,
    spec: JSON.stringify(spec),
    memory: JSON.stringify({ armed: true, reference: null, told: null }),
    expires_at: createdAt + 30 * 86_400_000,
    warned: 0,
  };
  return newRow(row, createdAt);
}
