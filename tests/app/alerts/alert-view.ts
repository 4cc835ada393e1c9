// An alert as the commands and the messages see it.
import type { AlertView } from '../../../src/alerts/alerts.ts';

/** TAO above 300 dollars, told once to the person who made it. */
export function alertView(change: Pick<AlertView, 'expiresAt'> & Partial<AlertView>): AlertView {
  return {
    id: 'abcdefgh',
    status: 'active',
    label: 'TAO',
    locale: 'en',
    currency: 'usd',
    repeat: 'once',
    target: { kind: 'coin', id: 'bittensor' },
    condition: { kind: 'above', price: 300 },
    channel: null,
    toldAt: null,
    snoozedUntil: null,
    missed: 0,
    trouble: null,
    ...change,
  };
}
