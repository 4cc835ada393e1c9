// Why a digest stopped: kept as a word in its row, shown as a sentence with what to do.
import type { Refusal } from '../../delivery/port.ts';
import { BAD_SCHEDULE, UNREADABLE } from '../subscription.ts';

/** By what is stored: a refusal ("reason" or "reason:detail"), or our own: the app was removed, what is stored is damaged. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['gone', 'The channel was deleted.'],
  ['gone:server', 'The server was deleted.'],
  ['gone:or-removed', 'The channel was deleted, or I was removed from it.'],
  ['archived', 'The channel is archived. Unarchive it and resume the digest.'],
  ['forbidden', 'I may not post in the channel. Allow me to send messages and embed links, then resume the digest.'],
  ['forbidden:thread', 'The thread is archived or locked. Reopen it and resume the digest.'],
  ['forbidden:channel-kind', 'No messages can be posted in a channel of this kind. Create the digest in another one.'],
  ['forbidden:hidden', 'I cannot see the channel. Give me access to it and resume the digest.'],
  ['forbidden:not-member', 'I am not in the channel. Invite me and resume the digest.'],
  [
    'forbidden:policy',
    'The workspace does not let me post in the channel. Change its posting permissions and resume the digest.',
  ],
  ['closed-dm', 'Direct messages to this person are closed.'],
  ['blocked', 'A moderation rule of the server blocks the post. Exempt me from it and resume the digest.'],
  ['blocked:link', 'The platform blocks a link in the post.'],
  ['uninstalled', 'The app was removed from the workspace.'],
  [UNREADABLE, 'What I stored of it is damaged, so it cannot be posted. Delete it and create it again.'],
  [BAD_SCHEDULE, 'Its time or time zone cannot be computed. Delete it and create it again.'],
]);

/** A refusal as it is kept in a row. A reason without words of its own keeps the platform's code, for people to look up. */
export function storedReason({ reason, detail, code }: Pick<Refusal, 'reason' | 'detail' | 'code'>): string {
  if (detail !== undefined) return `${reason}:${detail}`;
  return SENTENCES.has(reason) ? reason : `${reason}:${code}`;
}

/** @param stored what `storedReason` made; rows of an earlier version hold a platform's own code */
export function failureSentence(stored: string): string {
  const [reason = '', code = reason] = stored.split(':');
  return (
    SENTENCES.get(stored) ??
    SENTENCES.get(reason) ??
    `The platform refuses my posts (${code.slice(0, 40)}). Check my permissions and resume the digest.`
  );
}
