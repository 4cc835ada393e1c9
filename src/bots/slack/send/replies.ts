// The one way out for answers: posts, ephemeral posts, updates and responses, each at most once and in a form that the workspace takes.
import type { WebClient } from '@slack/web-api';
import type { Card } from '../../../app/card.ts';
import type { Log } from '../../../base/log.ts';
import type { PostOutcome } from '../../bot.ts';
import type { Workspaces } from '../auth/workspaces.ts';
import { isDirect, type Original, type Place } from '../place.ts';
import { type Draft, draft, type DraftOptions } from '../render/draft.ts';
import type { Picture } from '../render/render.ts';
import { type Outgoing, sendAccepted } from './block-fallback.ts';
import type { ChannelLimit } from './channel-limit.ts';
import { drawFiles, picturesByAddress, slotsOf, uploadPictures } from './pictures.ts';
import type { PlainWorkspaces } from './plain-workspaces.ts';
import { findByKey } from './post-key.ts';
import { postResponse, type ResponseMode } from './response-url.ts';
import { type Destination, post, postEphemeral, update } from './web-api.ts';

export type ReplyOptions = {
  workspaces: Workspaces;
  plainWorkspaces: PlainWorkspaces;
  channelLimit: ChannelLimit;
  look: Pick<DraftOptions, 'locale' | 'timeZone'>;
  publicUrl: string | null;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Slack refused the token of a workspace. */
  onBadCredential: () => void;
  /** Counts what operators should see, e.g. "slack_reply_ambiguous". */
  count: (name: string) => void;
};

export type Replies = {
  /** A new message, in the thread when there is one; private cards only for the asker. `key` tells a repeated attempt from a new post. */
  say(place: Place, card: Card, key: string): Promise<PostOutcome>;
  respond(
    url: string,
    place: Place,
    card: Card,
    mode: ResponseMode & { key: string; original?: Original },
  ): Promise<PostOutcome>;
  /** Changes a message of ours by the Web API: needs no response_url. */
  update(place: Place, original: Original, card: Card): Promise<PostOutcome>;
};

const ATTEMPTS = 3;
/** A commit can be slower than its lost answer. */
const LOOK_AFTER_MS = 2000;
const NOT_INSTALLED: PostOutcome = { kind: 'bad-credential', code: 'not_installed' };

export function createReplies(options: ReplyOptions): Replies {
  const { workspaces, plainWorkspaces, log, now, sleep, look, publicUrl } = options;
  const uploaded = async (client: WebClient, card: Card, drawn: Draft): Promise<ReadonlyMap<number, Picture>> => {
    const byAddress = picturesByAddress(drawn, publicUrl, now());
    if (byAddress.size > 0) return byAddress;
    const files = await drawFiles(card, { log, sleep });
    return await uploadPictures(
      client,
      files.map((file) => ({ ...file, alt: slotsOf(drawn)[file.index]?.alt ?? '' })),
      log,
    );
  };
  const withClient = async (
    place: Place,
    card: Card,
    send: (client: WebClient, message: Outgoing) => Promise<PostOutcome>,
  ): Promise<PostOutcome> => {
    const client = await workspaces.client(place.tenant, 'reply');
    if (client === null) return NOT_INSTALLED;
    const drawn = draft(card, look);
    return await sendAccepted(drawn, {
      tenant: place.tenant,
      plainWorkspaces,
      sleep,
      pictures: () => uploaded(client, card, drawn),
      send: async (message) => noticed(await send(client, message), options),
    });
  };
  const say: Replies['say'] = (place, card, key) =>
    withClient(place, card, (client, message) =>
      sayOnce(client, place, message, { key, ephemeral: card.private === true && !isDirect(place.channel), options }),
    );
  const updateBy: Replies['update'] = (place, original, card) =>
    withClient(place, card, (client, message) =>
      withRetries(place, options, true, () => update(client, place.channel, original.ts, message)),
    );
  return {
    say,
    update: updateBy,
    async respond(url, place, card, mode) {
      const drawn = draft(card, look);
      const byAddress = picturesByAddress(drawn, publicUrl, now());
      /** Files do not work through a response_url, so a chart that must be a file takes the Web API where the bot is a member. */
      const elsewhere = async (): Promise<PostOutcome | null> => {
        if (byAddress.size > 0 || mode.ephemeral) return null;
        const outcome =
          mode.original === undefined ? await say(place, card, mode.key) : await updateBy(place, mode.original, card);
        return outcome.kind === 'sent' || outcome.kind === 'ambiguous' ? outcome : null;
      };
      const send = (message: Outgoing) =>
        withRetries(null, options, mode.replace, () => postResponse(url, message, mode));
      return await sendAccepted(drawn, {
        tenant: place.tenant,
        plainWorkspaces,
        sleep,
        pictures: () => Promise.resolve(byAddress),
        elsewhere,
        send,
      });
    },
  };
}

async function sayOnce(
  client: WebClient,
  place: Place,
  message: Outgoing,
  how: { key: string; ephemeral: boolean; options: ReplyOptions },
): Promise<PostOutcome> {
  const { key, ephemeral, options } = how;
  const started = options.now();
  const call = () =>
    ephemeral ? postEphemeral(client, quietDestination(place), place.user, message) : post(client, place, message, key);
  const outcome = await withRetries(place, options, false, call);
  if (outcome.kind !== 'ambiguous' || ephemeral) return counted(outcome, options);
  await options.sleep(LOOK_AFTER_MS);
  const found = await findByKey(client, place, key, started, options.sleep);
  if (found.kind === 'found') return { kind: 'sent', messageId: found.messageId };
  return counted(found.kind === 'absent' ? await withRetries(place, options, false, call) : outcome, options);
}

function quietDestination({ channel, thread, startsThread }: Place): Destination {
  return { channel, thread: startsThread === true ? undefined : thread };
}

function noticed(outcome: PostOutcome, options: ReplyOptions): PostOutcome {
  if (outcome.kind === 'bad-credential') options.onBadCredential();
  return outcome;
}

function counted(outcome: PostOutcome, options: ReplyOptions): PostOutcome {
  if (outcome.kind === 'ambiguous') options.count('slack_reply_ambiguous');
  return outcome;
}

/** Repeats what certainly did not arrive, and with `idempotent` also what may have; waits per channel after a 429. */
async function withRetries(
  place: Place | null,
  { channelLimit, sleep }: ReplyOptions,
  idempotent: boolean,
  call: () => Promise<PostOutcome>,
): Promise<PostOutcome> {
  const channel = place === null ? null : `${place.tenant} ${place.channel}`;
  let outcome: PostOutcome = { kind: 'not-sent', code: 'waiting_too_long' };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (channel !== null && !(await channelLimit.pass(channel))) return outcome;
    outcome = await call();
    const repeat = outcome.kind === 'not-sent' || (idempotent && outcome.kind === 'ambiguous');
    if (!repeat || attempt === ATTEMPTS) return outcome;
    const wait = outcome.kind === 'not-sent' ? outcome.retryAfterMs : undefined;
    if (wait !== undefined && channel !== null) channelLimit.limited(channel, wait);
    else await sleep(Math.min(wait ?? 300 * 2 ** attempt, 30_000));
  }
  return outcome;
}
