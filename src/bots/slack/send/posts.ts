// Scheduled posts: prepared once, posted with a key that a later look-up can find, never repeated by the client itself.
import type { Card } from '../../../app/card.ts';
import { waitAtMost } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import { type Body, type Bot, bytesOfFile, type MayLeave, NOT_LEFT, type PostOutcome, type Target } from '../../bot.ts';
import type { Workspaces } from '../auth/workspaces.ts';
import { failureOf } from '../outcomes.ts';
import { type Draft, draft, type DraftOptions } from '../render/draft.ts';
import type { Picture } from '../render/render.ts';
import { sendAccepted } from './block-fallback.ts';
import { canPost } from './can-post.ts';
import type { Directs } from './direct.ts';
import { drawFiles, slotsOf, uploadPictures } from './pictures.ts';
import type { PlainWorkspaces } from './plain-workspaces.ts';
import type { PostFinder } from './post-key.ts';
import { post as postMessage } from './web-api.ts';

export type PostOptions = {
  workspaces: Workspaces;
  plainWorkspaces: PlainWorkspaces;
  finder: PostFinder;
  directs: Directs;
  look: Pick<DraftOptions, 'locale' | 'timeZone'>;
  log: Log;
  now: () => number;
  monotonic: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Slack refused the token of a workspace. */
  onBadCredential: (tenant: string) => void;
};

type Posts = Pick<Bot, 'prepare' | 'post' | 'find' | 'remove'> & Required<Pick<Bot, 'canPost'>>;

const NOT_INSTALLED: PostOutcome = { kind: 'bad-credential', code: 'not_installed' };
/** The whole of a post, in all its forms: nothing leaves later, so that it is over when whoever waits for it has given up. */
const WHOLE_POST_MS = 20_000;
/** A post must leave soon after it was asked for, so pictures that take longer are left out. */
const UPLOAD_MS = 3500;

export function createPosts(options: PostOptions): Posts {
  const { workspaces, finder, directs, log, now } = options;
  /** Null where nothing can be reached. @throws Error where a conversation cannot be opened for now */
  const reach = async (target: Target) => {
    const client = await workspaces.client(target.tenant, 'digest');
    const destined = client === null ? null : await directs.channelOf(client, target);
    if (client === null || destined === null) return null;
    if ('channel' in destined) return { client, channel: destined.channel };
    const { kind, code } = destined.outcome;
    if (kind === 'not-sent') throw new Error(`no conversation for now: ${code}`);
    return null;
  };
  return {
    prepare: (card) => prepare(card, options),
    post: (target, body, key, mayLeave = () => true) => post(target, body, key, { ...options, mayLeave }),
    async find(target, key, since, until = now()) {
      const reached = await reach(target);
      if (reached === null) return { kind: 'cannot-see' };
      return await finder.find(reached.client, { channel: reached.channel, key, since, until });
    },
    async canPost(target) {
      try {
        const client = await workspaces.client(target.tenant, 'reply');
        return client === null ? { kind: 'unknown' } : await canPost(client, target, directs);
      } catch {
        return { kind: 'unknown' };
      }
    },
    async remove(target, messageId) {
      const reached = await reach(target);
      if (reached === null) return;
      await reached.client.chat.delete({ channel: reached.channel, ts: messageId }).catch((error: unknown) => {
        const { kind, code } = failureOf(error);
        if (kind === 'not-sent' || kind === 'ambiguous') throw error; // a passing fault: whoever asks may ask again
        log.warn({ code }, 'an earlier digest could not be removed');
      });
    },
  };
}

/** Charts are drawn now, so that every attempt and every workspace gets the same bytes. */
async function prepare(card: Card, { look, log, sleep }: PostOptions): Promise<Body> {
  const drawn = draft(card, { ...look, search: false });
  const pictures = new Map((await drawFiles(card, { log, sleep })).map((file) => [file.index, file]));
  const files = slotsOf(drawn).map((slot) => {
    const file = pictures.get(slot.picture);
    return {
      name: file?.name ?? '',
      alt: slot.alt,
      data: file === undefined ? '' : Buffer.from(file.png).toString('base64'),
    };
  });
  return { json: drawn, files };
}

async function post(
  target: Target,
  body: Body,
  key: string,
  options: PostOptions & { mayLeave: MayLeave },
): Promise<PostOutcome> {
  const { workspaces, plainWorkspaces, directs, log, monotonic, sleep, onBadCredential, mayLeave } = options;
  const started = monotonic();
  const inTime = () => monotonic() - started < WHOLE_POST_MS && mayLeave();
  const { tenant } = target;
  const client = await workspaces.client(tenant, 'digest');
  if (client === null) return NOT_INSTALLED;
  const destined = await directs.channelOf(client, target);
  if ('outcome' in destined) return destined.outcome;
  const outcome = await sendAccepted(body.json as Draft, {
    tenant,
    plainWorkspaces,
    sleep,
    async pictures() {
      const files = body.files.flatMap((file, index) =>
        file.data === '' ? [] : [{ index, name: file.name, alt: file.alt, png: bytesOfFile(file) }],
      );
      const uploaded = uploadPictures(client, files, log);
      return (await waitAtMost(uploaded, UPLOAD_MS, sleep)) ? await uploaded : new Map<number, Picture>();
    },
    send: async (message) => (inTime() ? await postMessage(client, destined, message, key) : NOT_LEFT),
  });
  if (outcome.kind === 'bad-credential') onBadCredential(tenant);
  return outcome;
}
