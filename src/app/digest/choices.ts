// Choices for arguments that name a digest: those of the channel, with their time and coins.
import type { Complete } from '../input/autocomplete.ts';
import { coinSymbols, whenWords } from './text.ts';
import type { Services } from '../services.ts';

const LONGEST_CHOICE = 100;

/** For `createComplete`; `platform` is the one that asks. */
export function digestChoices(services: Services, platform: string): Complete {
  return async ({ place: { tenant, channel }, text }) => {
    const views = await services.digests.list({ platform, tenant, channel });
    const choices = views.map((view, index) => ({
      name: `${index + 1} · ${coinSymbols(view.coins, services)} ${whenWords(view)}`.slice(0, LONGEST_CHOICE),
      value: view.id,
    }));
    return choices.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text.toLowerCase()));
  };
}
