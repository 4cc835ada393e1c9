// Why we paused an alert: kept as a word in its row, said as a sentence with the next command.

/** In `last_error` of an alert whose stored text cannot be read. */
export const UNREADABLE = 'unreadable';

const RESUMABLE: Readonly<Partial<Record<string, string>>> = {
  'closed-dm': 'I could not write you a direct message. Allow messages from this server or from me.',
  archived: 'The channel is archived. Unarchive it.',
  forbidden: 'I may not post in the channel. Allow me to send messages there.',
  blocked: 'A moderation rule blocks the message. Exempt me from it.',
  uninstalled: 'The app was removed here. Add it again.',
};

/**
 * @param reason a refusal in our words, or our own reason
 * @returns sentences in which what is to be typed stands in back-ticks
 */
export function failureWords(reason: string, id: string): string {
  if (reason === 'gone')
    return `The channel was deleted. Set the alert for another one with \`/alert create\`; \`/alert delete ${id}\` removes this one.`;
  if (reason === UNREADABLE)
    return `What I stored of it is damaged, so nobody watches it. Set it anew with \`/alert create\`; \`/alert delete ${id}\` removes this one.`;
  const known = RESUMABLE[reason];
  const sentence = known ?? `The message was refused (${reason.slice(0, 40)}). Check my permissions.`;
  return `${sentence} Then run \`/alert resume ${id}\`.`;
}
