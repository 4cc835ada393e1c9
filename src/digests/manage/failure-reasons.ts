// Why a digest stopped, as a sentence with what to do.

const SENTENCES: Readonly<Record<string, string>> = {
  '10003': 'The channel was deleted.',
  '10004': 'The server was deleted.',
  channel_not_found: 'The channel was deleted, or I was removed from it.',
  is_archived: 'The channel is archived. Unarchive it and resume the digest.',
  '50001': 'I cannot see the channel. Give me access to it and resume the digest.',
  '50013': 'I may not post in the channel. Allow me to send messages and embed links, then resume the digest.',
  '50083': 'The thread is archived. Reopen it and resume the digest.',
  uninstalled: 'The app was removed from the workspace.',
  not_in_channel: 'I am not in the channel. Invite me and resume the digest.',
  '50007': 'Direct messages to this person are closed.',
  '50278': 'Direct messages to this person are closed.',
  '200000': 'A moderation rule of the server blocks the post. Exempt me from it and resume the digest.',
  '240000': 'The platform blocks a link in the post.',
  'bad-schedule': 'Its time or time zone cannot be computed. Delete it and create it again.',
};

/** @param code a platform's error code, or one of ours */
export function troubleWords(code: string): string {
  if (code.startsWith('restricted_action'))
    return 'The workspace does not let me post in the channel. Change its posting permissions and resume the digest.';
  return (
    SENTENCES[code] ??
    `The platform refuses my posts (${code.slice(0, 40)}). Check my permissions and resume the digest.`
  );
}
