// An alert wished for in words, and the answer: through the reader and the core, on Discord.
import type { Card } from '../../../src/app/card.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import type { openSampleCore } from '../../fakes/core.ts';

type Core = Pick<Awaited<ReturnType<typeof openSampleCore>>, 'services' | 'dispatch'>;

/** Each text comes from a person of its own: limits and twins do not meet. */
export async function wish(core: Core, text: string): Promise<{ command: string; card: Card }> {
  const { command, args } = readText(text, COMMANDS, vocabularyOf(core.services), 'en');
  const card = await core.dispatch({
    platform: 'discord',
    command,
    args,
    user: { id: text, canManage: false },
    place: { tenant: 'g1', channel: 'c1' },
    locale: 'en',
    via: 'text',
  });
  return { command, card };
}
