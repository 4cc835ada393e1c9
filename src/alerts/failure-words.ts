// Why an alert stopped: kept as a word in its row, said as a sentence with what to do.

const SENTENCES: Readonly<Partial<Record<string, string>>> = {
  'closed-dm': 'I could not write you a direct message. Allow messages from this server or from me, then resume it.',
  gone: 'The channel was deleted.',
  archived: 'The channel is archived. Unarchive it, then resume the alert.',
  forbidden: 'I may not post in the channel. Allow me to send messages there, then resume the alert.',
  blocked: 'A moderation rule blocks the message. Exempt me from it, then resume the alert.',
  uninstalled: 'The app was removed.',
};

/** @param reason a refusal in our words, or our own reason */
export function failureWords(reason: string): string {
  return SENTENCES[reason] ?? `The message was refused (${reason.slice(0, 40)}). Check my permissions, then resume it.`;
}
