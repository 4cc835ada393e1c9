// An alert wished for in words, and the answer: through the reader and the core, on Discord.
import type { Card } from '../../../src/app/card.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import type { openSampleCore } from '../../fakes/core.ts';

type Core = Pick<Awaited<ReturnType<typeof openSampleCore>>, 'services' | 'dispatch'>;

/** Each text comes from a person of its own unless one is named: limits and twins do not meet. */
export async function wish(core: Core, text: string, user = text): Promise<{ command: string; card: Card }> {
  const { command, args } = readText(text, COMMANDS, vocabularyOf(core.services), 'en');
  const card = await core.dispatch({
    platform: 'discord',
    command,
    args,
    user: { id: user, canManage: false },
    place: { tenant: 'g1', channel: 'c1' },
    locale: 'en',
    via: 'text',
  });
  return { command, card };
}

/** Makes an alert. @returns its id */
export async function createAlert(core: Core, user: string, words: string): Promise<string> {
  const { card } = await wish(core, `/alert create ${words}`, user);
  const id = /"alert":"(\w{8})"/u.exec(JSON.stringify(card))?.[1];
  if (id === undefined) throw new Error(`no alert was made of "${words}"`);
  return id;
}
