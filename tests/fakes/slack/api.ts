// The Web API of the fake: the methods that the bot uses, with the errors that Slack documents for them.
import { type ApiAnswer, fail, string } from './answers.ts';
import { isRecord, type Json } from './blocks.ts';
import { conversation, history, openDirect } from './conversations.ts';
import { asBlocks, type FakeMessage, type SlackCall, type Workspace } from './state.ts';

/** Answers one call of a valid token. The effect is in the workspace when this returns. */
export function answerCall(space: Workspace, { method, args, token }: SlackCall, origin: string): ApiAnswer {
  const who = space.tokens.get(token);
  if (method === 'oauth.v2.access') return oauth(space, args);
  if (method === 'apps.connections.open')
    return token === space.options.appToken
      ? { ok: true, url: `${origin.replace('http', 'ws')}/link?ticket=${space.nextId('T')}` }
      : fail('invalid_auth');
  if (space.revoked.has(token)) return fail('token_revoked');
  if (who === undefined) return fail('invalid_auth');
  switch (method) {
    case 'auth.test':
      return {
        ok: true,
        url: 'https://fake.slack.com/',
        team: 'Fake',
        user: 'taobot',
        team_id: who.team,
        user_id: who.botUser,
        bot_id: 'B0BOT',
      };
    case 'auth.teams.list':
      return { ok: true, teams: (space.options.granted ?? []).map((id) => ({ id, name: id })) };
    case 'chat.postMessage':
      return post(space, args);
    case 'chat.postEphemeral':
      return postEphemeral(space, args);
    case 'chat.update':
      return update(space, args);
    case 'chat.delete': {
      const message = space.find(string(args['channel']), string(args['ts']));
      if (message === undefined) return fail('message_not_found');
      message.deleted = true;
      return { ok: true, ts: message.ts };
    }
    case 'conversations.history':
    case 'conversations.replies':
      return history(space, args, method === 'conversations.replies');
    case 'conversations.info':
      return conversation(space, string(args['channel']));
    case 'conversations.open':
      return openDirect(space, args);
    case 'users.info': {
      const id = string(args['user']);
      const tz = space.options.zones?.[id] ?? 'UTC';
      const admin = space.options.admins?.includes(id) === true;
      const locale =
        string(args['include_locale']) === 'true' ? { locale: space.options.locales?.[id] ?? 'en-US' } : {};
      // https://docs.slack.dev/reference/objects/user-object: the workspace that somebody belongs to, which may be another company's
      const home = space.options.foreign?.[id] ?? who.team;
      return {
        ok: true,
        user: { id, team_id: home, is_admin: admin, is_owner: false, is_bot: false, deleted: false, tz, ...locale },
      };
    }
    case 'views.publish':
      return publish(space, args);
    case 'assistant.threads.setSuggestedPrompts':
      space.prompts.push(args);
      return { ok: true };
    case 'files.getUploadURLExternal': {
      const id = space.nextId('F');
      space.files.set(id, {
        id,
        name: string(args['filename']),
        bytes: 0,
        png: false,
        alt: string(args['alt_txt'] ?? args['alt_text']),
        complete: false,
        asked: 0,
      });
      return { ok: true, upload_url: `${origin}/upload/${id}`, file_id: id };
    }
    case 'files.completeUploadExternal':
      return complete(space, args);
    default:
      return fail('unknown_method');
  }
}

/** What a refusal looks like with the hint that Slack adds. */
const invalid = (error: string): ApiAnswer => ({
  ...fail(error),
  errors: [error],
  response_metadata: { messages: [`[ERROR] ${error}`] },
});

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const READ_ONLY = 'restricted_action_read_only_channel';

function target(space: Workspace, args: Json): string | null {
  const channel = string(args['channel']);
  if (!/^[CDGU][A-Z0-9]{2,}$/.test(channel) || space.isDeleted(channel)) return 'channel_not_found';
  if (space.isArchived(channel)) return 'is_archived';
  const hidden = space.hiddenFrom(channel);
  const open = hidden === 'not_in_channel' && space.options.scopes.includes('chat:write.public');
  return open ? null : (hidden ?? (space.options.readOnly?.includes(channel) === true ? READ_ONLY : null));
}

function contentProblem(space: Workspace, args: Json): string | null {
  if (string(args['text']) === '' && asBlocks(args['blocks']).length === 0) return 'no_text';
  if (string(args['text']).length > 4000) space.problems.push(`text of ${string(args['text']).length} characters`);
  return args['blocks'] === undefined ? null : space.refuses(args['blocks']);
}

function post(space: Workspace, args: Json): ApiAnswer {
  const problem = target(space, args) ?? contentProblem(space, args);
  if (problem !== null) return problem === 'invalid_blocks' ? invalid(problem) : fail(problem);
  if (args['text'] === undefined) space.problems.push('no top-level text');
  const message = space.add({
    ...content(args),
    channel: string(args['channel']),
    ts: space.nextTs(),
    via: 'chat.postMessage',
  });
  return { ok: true, channel: message.channel, ts: message.ts, message: { text: message.text } };
}

function content(args: Json): Pick<FakeMessage, 'text' | 'blocks' | 'sent' | 'thread' | 'metadata'> {
  const metadata = args['metadata'];
  return {
    text: string(args['text']),
    blocks: asBlocks(args['blocks']),
    sent: args,
    ...(string(args['thread_ts']) === '' ? {} : { thread: string(args['thread_ts']) }),
    ...(isRecord(metadata) ? { metadata: metadata as FakeMessage['metadata'] & object } : {}),
  };
}

function postEphemeral(space: Workspace, args: Json): ApiAnswer {
  const problem = target(space, args) ?? contentProblem(space, args);
  if (problem !== null) return fail(problem);
  const message = space.add({
    ...content(args),
    channel: string(args['channel']),
    ts: space.nextTs(),
    via: 'chat.postEphemeral',
    ephemeralFor: string(args['user']),
  });
  return { ok: true, message_ts: message.ts };
}

function update(space: Workspace, args: Json): ApiAnswer {
  const message = space.find(string(args['channel']), string(args['ts']));
  const problem =
    target(space, args) ??
    (message === undefined || message.ephemeralFor !== undefined ? 'message_not_found' : contentProblem(space, args));
  if (problem !== null || message === undefined) return fail(problem ?? 'message_not_found');
  Object.assign(message, {
    text: string(args['text']),
    blocks: asBlocks(args['blocks']),
    sent: args,
    edits: message.edits + 1,
  });
  return { ok: true, channel: message.channel, ts: message.ts };
}

function publish(space: Workspace, args: Json): ApiAnswer {
  const view = args['view'];
  if (!isRecord(view)) return fail('invalid_arguments');
  const refused = space.refuses(view['blocks'], 100);
  if (refused !== null) return invalid('invalid_arguments');
  space.views.set(string(args['user_id']), view);
  return { ok: true, view: { id: 'V1' } };
}

function complete(space: Workspace, args: Json): ApiAnswer {
  const listed = Array.isArray(args['files']) ? args['files'].filter(isRecord) : [];
  const files = listed.flatMap((entry) => space.files.get(string(entry['id'])) ?? []);
  for (const file of files) file.complete = file.bytes > 0;
  return files.length === 0 || files.some((file) => !file.complete)
    ? fail('file_not_found')
    : { ok: true, files: files.map(({ id, name }) => ({ id, title: name })) };
}

function oauth(space: Workspace, args: Json): ApiAnswer {
  const found = space.codes.get(string(args['code']));
  if (found === undefined) return fail('invalid_code');
  const { organisation = null } = found;
  space.tokens.set(found.token, { team: organisation ?? found.team, botUser: found.botUser });
  space.revoked.delete(found.token);
  return {
    ok: true,
    app_id: 'A0APP',
    authed_user: { id: 'U0INSTALLER' },
    scope: 'commands,chat:write',
    token_type: 'bot',
    access_token: found.token,
    bot_user_id: found.botUser,
    // https://docs.slack.dev/enterprise/organization-ready-apps: an organisation's installation has no team
    team: organisation === null ? { id: found.team, name: 'Other' } : null,
    enterprise: organisation === null ? null : { id: organisation, name: 'Org' },
    is_enterprise_install: organisation !== null,
  };
}
