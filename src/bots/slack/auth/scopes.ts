// What the app may do in a workspace, each scope with its reason: https://docs.slack.dev/reference/scopes

/** Needed; docs/slack.md says what for. */
export const BOT_SCOPES = [
  'app_mentions:read', // questions by mention
  'assistant:write', // the Messages tab of an agent, with suggested prompts
  'chat:write', // answers and digests
  'commands', // slash commands and the message shortcut
  'files:write', // charts as pictures where native charts are not there yet
  'im:history', // questions in direct messages
  'im:write', // alerts as direct messages
  'users:read', // is somebody who manages digests an admin? in which language do people write numbers?
] as const;

/** May be declined at installation; the bot works without. */
export const OPTIONAL_SCOPES = [
  'channels:history', // find an own digest after a lost answer instead of risking a second one
  'groups:history',
  'channels:read', // the creator of a channel may manage its digests
  'groups:read',
  'chat:write.public', // digests without an invitation
] as const;
