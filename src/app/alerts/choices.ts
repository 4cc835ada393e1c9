// Choices for arguments that name an alert: those of the asker.
import type { Choice } from '../input/autocomplete.ts';
import { conditionWords } from './text.ts';
import type { Services } from '../services.ts';
import type { Asker } from '../../alerts/alerts.ts';

const LONGEST_CHOICE = 100;

export async function alertChoices(services: Services, asker: Asker, text: string): Promise<readonly Choice[]> {
  const alerts = await services.alerts.list(asker);
  const choices = alerts.map((alert, index) => ({
    name: `${index + 1} · ${conditionWords(alert)}`.slice(0, LONGEST_CHOICE),
    value: alert.id,
  }));
  return choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text.toLowerCase()));
}
