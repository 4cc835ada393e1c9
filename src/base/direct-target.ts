// Posts to people: a target may name a person instead of a channel, and each bot knows how to open the conversation.

const DIRECT = 'user:';

/** What stands where a channel would, for a direct message to this person. */
export function directTarget(userId: string): string {
  return `${DIRECT}${userId}`;
}

/** The person that a target names; null when it is a channel. */
export function personOf(target: string): string | null {
  return target.startsWith(DIRECT) ? target.slice(DIRECT.length) : null;
}
