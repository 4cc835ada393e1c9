// What the digest commands share: who asks from where, which digest is meant, and what the asker has not been told yet.
import type { Block, Button, Card } from '../card.ts';
import type { ArgSpec, CommandContext } from '../command.ts';
import { whenWords } from './text.ts';
import type { Asker, DigestView } from '../../digests/digests.ts';

export const WHICH = {
  type: 'digest',
  description: 'Number in the list that you saw last, or id; not needed when there is one',
  autocomplete: true,
} as const satisfies ArgSpec;

/** Where setting up by menus begins. */
export const SET_UP: Button = { label: 'Set up a morning post', invocation: { command: 'digest setup', args: {} } };

/** The arguments of `digest setup` and of the preview that it leads to; those that are undefined stay out. `coins`: ids, divided by commas. */
export function setupArgs(choice: { time: string; timezone?: string; coins: string }): Record<string, string> {
  const { time, timezone, coins } = choice;
  return { time, ...(timezone === undefined ? {} : { timezone }), coins };
}

export function askerOf({ request }: CommandContext): Asker {
  return {
    platform: request.platform,
    tenant: request.place.tenant,
    channel: request.place.channel,
    userId: request.user.id,
    ...(request.user.manages === undefined ? {} : { manages: request.user.manages }),
  };
}

/** A short private answer about one digest. */
export function digestAnswer(title: string, blocks: Block[]): Card {
  return { kind: 'digest-answer', outcome: 'ok', tone: 'info', title, blocks, private: true };
}

/** Digests of the asker that were stopped since they last asked, said once. */
export async function notices(context: CommandContext): Promise<Block[]> {
  const stopped = await context.services.digests.notices(askerOf(context));
  return stopped.map((view) => ({
    kind: 'note',
    spans: [
      { kind: 'bold', text: '⚠ stopped' },
      ` · your digest ${view.id} (${whenWords(view)}): ${view.trouble ?? 'it does not run any more.'}`,
    ],
  }));
}

/** Buttons for what can be done with a digest now. */
export function digestButtons(view: DigestView): Block {
  const button = (label: string, command: string) => ({
    label,
    invocation: { command: `digest ${command}`, args: { digest: view.id } },
  });
  const remove: Button = { ...button('Delete', 'delete'), style: 'danger' };
  if (view.damaged === true) return { kind: 'buttons', buttons: [remove] };
  const running = view.status === 'active';
  return {
    kind: 'buttons',
    buttons: [
      running ? button('Pause', 'pause') : button('Resume', 'resume'),
      button('Preview', 'preview'),
      ...(running ? [button('Post now', 'now')] : []),
      remove,
    ],
  };
}
