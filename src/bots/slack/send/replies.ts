// The one way out for answers: posts, ephemeral posts, updates and responses, each at most once and in a form that the workspace takes.
import type { WebClient } from '@slack/web-api';
import type { Card } from '../../../app/card.ts';
import type { Log } from '../../../base/log.ts';
import type { Found, PostOutcome } from '../../bot.ts';
import type { Workspaces } from '../auth/workspaces.ts';
import { isDirect, type Original, type Place } from '../place.ts';
import type { Fetch } from '../connections.ts';
import { type Draft, draft, type DraftOptions } from '../render/draft.ts';
import { type Form, type Picture, settle } from '../render/render.ts';
import { type Outgoing, sendAccepted } from './block-fallback.ts';
import { drawFiles, picturesByAddress, slotsOf, uploadPictures } from './pictures.ts';
import type { PlainWorkspaces } from './plain-workspaces.ts';
import type { PostFinder } from './post-key.ts';
import type { Repeat } from './repeat.ts';
import { postResponse, type ResponseMode } from './response-url.ts';
import { type Destination, post, postEphemeral, update } from './web-api.ts';

export type ReplyOptions = {
  workspaces: Workspaces;
  plainWorkspaces: PlainWorkspaces;
  finder: PostFinder;
  repeat: Repeat;
  fetch: Fetch;
  look: Pick<DraftOptions, 'locale' | 'timeZone'>;
  publicUrl: string | null;
  log: Log;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Slack refused the token of a workspace. */
  onBadCredential: (tenant: string) => void;
  /** Counts what operators should see, e.g. "slack_reply_ambiguous". */
  count: (name: string) => void;
};

export type Replies = {
  /** A new message, in the thread when there is one; private cards only for the asker. `key` tells a repeated attempt from a new post. */
  say(place: Place, card: Card, key: string): Promise<PostOutcome>;
  respond(url: string, place: Place, card: Card, mode: ResponseMode & { original?: Original }): Promise<PostOutcome>;
  /** Changes a message of ours by the Web API: needs no response_url. */
  update(place: Place, original: Original, card: Card): Promise<PostOutcome>;
};

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
      send: async (message) => noticed(await send(client, message), place.tenant, options),
    });
  };
  const say: Replies['say'] = (place, card, key) =>
    withClient(place, card, (client, message) =>
      sayOnce(client, place, message, { key, ephemeral: card.private === true && !isDirect(place.channel), options }),
    );
  const updateBy: Replies['update'] = (place, original, card) =>
    withClient(place, card, (client, message) =>
      options.repeat({ channel: turnOf(place), twiceIsHarmless: true }, () =>
        update(client, place.channel, original.ts, message),
      ),
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
      const started = now();
      const twiceIsHarmless = mode.replace || mode.ephemeral;
      const outcome = await sendAccepted(drawn, {
        tenant: place.tenant,
        plainWorkspaces,
        sleep,
        pictures: () => Promise.resolve(byAddress),
        elsewhere,
        send: (message) =>
          options.repeat({ channel: null, twiceIsHarmless }, () => postResponse(url, message, mode, options.fetch)),
      });
      if (outcome.kind !== 'ambiguous' || twiceIsHarmless) return counted(outcome, options);
      const client = await workspaces.client(place.tenant, 'reply');
      const found =
        client === null ? null : await lookFor(client, { ...place, thread: mode.thread }, mode.key, started, options);
      if (found?.kind === 'found') return { kind: 'sent', messageId: found.messageId };
      options.count('slack_reply_announced');
      /** Slack may drop the key on this way, so that not even "absent" allows to say it again before everybody. */
      const quiet = { ...mode, ephemeral: true };
      const told = await options.repeat({ channel: null, twiceIsHarmless: true }, () =>
        postResponse(url, settle(draft(alsoPerhapsHere(card), look), PLAIN), quiet, options.fetch),
      );
      return told.kind === 'sent' ? told : await say(place, alsoPerhapsHere(card), mode.key);
    },
  };
}

/** The form that every workspace takes. */
const PLAIN: Form = { modern: false, pictures: new Map() };

/** The answer for the asker alone, when nobody knows whether the others see it. */
function alsoPerhapsHere(card: Card): Card {
  const note = 'Slack did not confirm this answer, so only you see it here; it may stand in the channel as well.';
  return { ...card, private: true, blocks: [...card.blocks, { kind: 'note', spans: [note] }] };
}

async function sayOnce(
  client: WebClient,
  place: Place,
  message: Outgoing,
  how: { key: string; ephemeral: boolean; options: ReplyOptions },
): Promise<PostOutcome> {
  const { key, ephemeral, options } = how;
  const started = options.now();
  const send = () =>
    options.repeat({ channel: turnOf(place), twiceIsHarmless: ephemeral }, () =>
      ephemeral
        ? postEphemeral(client, quietDestination(place), place.user, message)
        : post(client, place, message, key),
    );
  const outcome = await send();
  if (outcome.kind !== 'ambiguous' || ephemeral) return counted(outcome, options);
  const found = await lookFor(client, place, key, started, options);
  if (found.kind === 'found') return { kind: 'sent', messageId: found.messageId };
  return counted(found.kind === 'absent' ? await send() : outcome, options);
}

async function lookFor(
  client: WebClient,
  { channel, thread }: Destination,
  key: string,
  since: number,
  { finder, now, sleep }: ReplyOptions,
): Promise<Found> {
  await sleep(LOOK_AFTER_MS);
  return await finder
    .find(client, { channel, thread, key, since, until: now() })
    .catch((): Found => ({ kind: 'cannot-see' }));
}

/** Whose turn a call in this place waits for. */
function turnOf({ tenant, channel }: Place): string {
  return `${tenant} ${channel}`;
}

function quietDestination({ channel, thread, startsThread }: Place): Destination {
  return { channel, thread: startsThread === true ? undefined : thread };
}

function noticed(outcome: PostOutcome, tenant: string, options: ReplyOptions): PostOutcome {
  if (outcome.kind === 'bad-credential') options.onBadCredential(tenant);
  return outcome;
}

function counted(outcome: PostOutcome, options: ReplyOptions): PostOutcome {
  if (outcome.kind === 'ambiguous') options.count('slack_reply_ambiguous');
  return outcome;
}
