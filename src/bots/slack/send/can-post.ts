// Whether posts can reach a channel now, asked of Slack before a digest is promised; with the remedy in words.
import type { WebClient } from '@slack/web-api';
import { visibleLine } from '../../../base/visible-text.ts';
import type { CanPost, Target } from '../../bot.ts';
import { codeOf } from '../outcomes.ts';
import type { Directs } from './direct.ts';

/** Never throws: what cannot be asked (no `channels:read`, Slack away) is `unknown`. */
export async function canPost(client: WebClient, target: Target, directs: Directs): Promise<CanPost> {
  const destined = await directs.channelOf(client, target);
  if ('outcome' in destined)
    return destined.outcome.kind === 'bad-target'
      ? no('a direct conversation', 'I cannot write to you directly: Slack does not let me open the conversation.')
      : { kind: 'unknown' };
  const { channel } = destined;
  if (/^[DUW]/.test(channel)) return { kind: 'yes' };
  try {
    // https://docs.slack.dev/reference/methods/conversations.info; the fields: https://docs.slack.dev/reference/objects/conversation-object
    const answer = await client.conversations.info({ channel });
    return verdict(answer.channel, answer.response_metadata?.scopes);
  } catch (error) {
    const code = codeOf(error);
    return code === 'channel_not_found' || code === 'not_in_channel' ? invited(THAT) : { kind: 'unknown' };
  }
}

/** https://docs.slack.dev/reference/methods/conversations.rename */
const LONGEST_NAME = 80;
/** Where Slack tells no name. */
const THAT = 'that channel';

type Conversation = {
  name?: string;
  is_member?: boolean;
  is_private?: boolean;
  is_archived?: boolean;
  is_read_only?: boolean;
  is_frozen?: boolean;
};

/** `scopes`: what the token may do, as Slack says with each answer. */
function verdict(found: Conversation | undefined, scopes: readonly string[] | undefined): CanPost {
  if (found === undefined) return { kind: 'unknown' };
  const shown = visibleLine(found.name ?? '', LONGEST_NAME).replaceAll('`', 'ˋ'); // back-ticks would make code of the sentence
  const name = shown === '' ? THAT : `#${shown}`;
  if (found.is_archived === true) return no('an open channel', `I cannot post in ${name}: it is archived.`);
  if (found.is_read_only === true || found.is_frozen === true)
    return no('posting', `I may not post in ${name}: its settings restrict who posts. Ask an admin of the workspace.`);
  if (found.is_member === true) return { kind: 'yes' };
  if (found.is_private !== true && scopes === undefined) return { kind: 'unknown' };
  if (found.is_private !== true && scopes?.includes('chat:write.public') === true) return { kind: 'yes' };
  return found.is_member === false ? invited(name) : { kind: 'unknown' };
}

function invited(name: string): CanPost {
  return no('membership', `I am not in ${name}, so invite me first: /invite @taobot.`);
}

function no(missing: string, remedy: string): CanPost {
  return { kind: 'no', missing: [missing], remedy };
}
