// Why a digest stopped, as a sentence with what to do.
import type { RefusalReason } from '../../bots/bot.ts';

/** Reasons of the platforms, and our own: the app was removed, the schedule cannot be computed. */
type Reason = RefusalReason | 'uninstalled' | 'bad-schedule';

const OTHER = 'The platform refuses my posts. Check my permissions and resume the digest.';

const SENTENCES: Readonly<Record<Reason, string>> = {
  gone: 'The channel was deleted, or I was removed from it.',
  archived: 'The channel is archived. Unarchive it and resume the digest.',
  forbidden:
    'I may not see the channel or post in it. Give me access, allow me to send messages and attach files, then resume the digest.',
  'closed-dm': 'Direct messages to this person are closed.',
  blocked: 'A moderation rule or a blocked link stops the post. Exempt me from it and resume the digest.',
  'too-large': 'The post is too large for the platform. Create it again with fewer coins.',
  other: OTHER,
  uninstalled: 'The app was removed from the workspace.',
  'bad-schedule': 'Its time or time zone cannot be computed. Delete it and create it again.',
};

/** @param reason as stored; what an earlier version stored may be a platform's own code */
export function failureSentence(reason: string): string {
  return Object.hasOwn(SENTENCES, reason) ? SENTENCES[reason as Reason] : OTHER;
}
