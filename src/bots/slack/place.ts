// Where in Slack something happens, and to which message.

/** `startsThread`: an answer would be the first in its thread, where Slack shows no message that is for one person only. */
export type Place = {
  tenant: string;
  channel: string;
  thread?: string | undefined;
  startsThread?: boolean;
  user: string;
};

/** A message of ours that a button sits on. */
export type Original = { ts: string; ephemeral: boolean };

/** Direct conversations have nobody else in them. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D') || channel.startsWith('U');
}
