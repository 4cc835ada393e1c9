// Choices for arguments that name a digest: those of the channel, with their time and coins.
import { type Complete, numberedChoices } from '../input/autocomplete.ts';
import { digestName, whenWords } from './text.ts';
import type { Services } from '../services.ts';

/** For `createComplete`; `platform` is the one that asks. */
export function digestChoices(services: Services, platform: string): Complete {
  return async ({ place: { tenant, channel }, text }) => {
    const views = await services.digests.list({ platform, tenant, channel });
    const wordsOf = (view: (typeof views)[number]) => `${digestName(view, services)} ${whenWords(view)}`;
    return numberedChoices(
      views.map((view) => ({ id: view.id, words: wordsOf(view) })),
      text,
    );
  };
}
