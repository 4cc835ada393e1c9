// Choices for arguments that name an alert: those of whoever types.
import { type Complete, numberedChoices } from '../input/autocomplete.ts';
import { conditionWords } from './text.ts';
import type { Services } from '../services.ts';

/** For `createComplete`; `platform` is the one that asks. */
export function alertChoices(services: Services, platform: string): Complete {
  return async ({ place, user, text }) => {
    if (user === undefined) return [];
    const alerts = await services.alerts.list({ platform, ...place, userId: user });
    return numberedChoices(
      alerts.map((alert) => ({ id: alert.id, words: conditionWords(alert) })),
      text,
    );
  };
}
