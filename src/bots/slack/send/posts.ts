// Scheduled posts: prepared once, posted with a key that a later look-up can find, never repeated by the client itself.
import type { Card } from '../../../app/card.ts';
import type { Log } from '../../../base/log.ts';
import { type Body, type Bot, type MayLeave, NOT_LEFT, type PostOutcome, type Target } from '../../bot.ts';
import type { Workspaces } from '../auth/workspaces.ts';
import { codeOf } from '../outcomes.ts';
import { type Draft, draft, type DraftOptions } from '../render/draft.ts';
import { sendAccepted } from './block-fallback.ts';
import { drawFiles, slotsOf, uploadPictures } from './pictures.ts';
import type { PlainWorkspaces } from './plain-workspaces.ts';
import { findByKey } from './post-key.ts';
import { post as postMessage } from './web-api.ts';

export type PostOptions = {
  workspaces: Workspaces;
  plainWorkspaces: PlainWorkspaces;
  look: Pick<DraftOptions, 'locale' | 'timeZone'>;
  log: Log;
  sleep: (ms: number) => Promise<void>;
  /** Slack refused the token of a workspace. */
  onBadCredential: () => void;
};

const NOT_INSTALLED: PostOutcome = { kind: 'bad-credential', code: 'not_installed' };

export function createPosts(options: PostOptions): Pick<Bot, 'prepare' | 'post' | 'find' | 'remove'> {
  const { workspaces, log, sleep } = options;
  return {
    prepare: (card) => prepare(card, options),
    post: (target, body, key, mayLeave = () => true) => post(target, body, key, { ...options, mayLeave }),
    async find({ tenant, channel }, key, since) {
      const client = await workspaces.client(tenant, 'digest');
      return client === null ? { kind: 'cannot-see' } : await findByKey(client, { channel }, key, since, sleep);
    },
    async remove({ tenant, channel }, messageId) {
      const client = await workspaces.client(tenant, 'digest');
      await client?.chat
        .delete({ channel, ts: messageId })
        .catch((error: unknown) => log.warn({ code: codeOf(error) }, 'an earlier digest could not be removed'));
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
  { tenant, channel }: Target,
  body: Body,
  key: string,
  { workspaces, plainWorkspaces, log, sleep, onBadCredential, mayLeave }: PostOptions & { mayLeave: MayLeave },
): Promise<PostOutcome> {
  const client = await workspaces.client(tenant, 'digest');
  if (client === null) return NOT_INSTALLED;
  const files = body.files.flatMap(({ name, alt, data }, index) =>
    data === '' ? [] : [{ index, name, alt, png: Buffer.from(data, 'base64') }],
  );
  const outcome = await sendAccepted(body.json as Draft, {
    tenant,
    plainWorkspaces,
    sleep,
    pictures: () => uploadPictures(client, files, log),
    send: async (message) => (mayLeave() ? await postMessage(client, { channel }, message, key) : NOT_LEFT),
  });
  if (outcome.kind === 'bad-credential') onBadCredential();
  return outcome;
}
