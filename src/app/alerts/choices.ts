// Choices for arguments that name an alert: those of whoever types.
import type { Complete } from '../input/autocomplete.ts';
import { conditionWords } from './text.ts';
import type { Services } from '../services.ts';

const LONGEST_CHOICE = 100;

/** For `createComplete`; `platform` is the one that asks. */
export function alertChoices(services: Services, platform: string): Complete {
  return async ({ place, user, text }) => {
    if (user === undefined) return [];
    const alerts = await services.alerts.list({ platform, ...place, userId: user });
    const choices = alerts.map((alert, index) => ({
      name: `${index + 1} · ${conditionWords(alert)}`.slice(0, LONGEST_CHOICE),
      value: alert.id,
    }));
    return choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text.toLowerCase()));
  };
}
