// The row of a digest that nobody has started yet: from a wish, or from another digest that shall come back.
import { UserError } from '../../base/errors.ts';
import { drawnId, type Random } from '../../base/hash.ts';
import type { SubscriptionRow } from '../../store/digests/subscriptions.ts';
import type { Asker, DigestWish } from '../digests.ts';
import { daysText, readDays } from '../schedule/days.ts';
import { readTime } from '../schedule/parse-time.ts';
import { readZone } from '../schedule/parse-zone.ts';
import { DIGEST_KIND, type DigestSpec } from '../stored-spec.ts';

const MOST_COINS = 5;
/** Posts can go to all platforms but the web page, which has no channels. */
const WITHOUT_CHANNELS = 'web';
const ID_LENGTH = 8;

/** When a draft is made (epoch ms), and the lots of its id. */
export type Making = { at: number; random: Random };

/** The draft that a wish becomes. @throws UserError for what cannot be */
export function draftOf(
  wish: DigestWish,
  asker: Asker,
  { zoneData, ...making }: Making & { zoneData: string },
): SubscriptionRow {
  if (asker.platform === WITHOUT_CHANNELS)
    throw new UserError(
      'no-channel',
      'Digests belong to a channel: create one in Discord, in Slack or in the terminal.',
    );
  if (wish.coins.length > MOST_COINS)
    throw new UserError('too-many-coins', `That is ${wish.coins.length} coins; at most ${MOST_COINS} fit one digest.`);
  const channel = channelOf(wish.channel, asker);
  const { currency, locale, replace, subnets, registrations } = wish;
  const shown = { coins: [...new Set(wish.coins)], currency, locale, replace, subnets };
  const spec: DigestSpec = registrations === undefined ? shown : { ...shown, registrations };
  const place = { platform: asker.platform, tenant: asker.tenant, channel, owner: asker.userId };
  const schedule = {
    local_time: readTime(wish.time),
    zone: readZone(wish.zone).zone,
    days: daysText(readDays(wish.days)),
    zone_data: zoneData,
  };
  return {
    kind: DIGEST_KIND,
    ...place,
    spec: JSON.stringify(spec),
    ...schedule,
    ...freshDraft(making),
  };
}

/** A draft with the fields of another digest: its own id, and nothing of what became of that one. */
export function draftAgain(row: SubscriptionRow, { userId }: Asker, making: Making): SubscriptionRow {
  return { ...row, ...freshDraft(making), owner: userId };
}

/** What every draft has. */
function freshDraft({ at, random }: Making) {
  return {
    id: drawnId(ID_LENGTH, random),
    next_at: null,
    last_date: null,
    last_due_at: null,
    last_sent_at: null,
    last_message_id: null,
    suspended_until: null,
    stopped_at: null,
    last_error: null,
    status: 'draft',
    after_at: at,
    fail_streak: 0,
    told: 1,
    created_at: at,
  } as const;
}

/**
 * "<#C123|general>", "<#123>" or an id. The bots check the asker's rights in a channel that a request names, and a Slack token reaches no other
 * workspace; the command refuses Discord channels that were typed instead of picked.
 */
function channelOf(typed: string | undefined, asker: Asker): string {
  if (typed === undefined) return asker.channel;
  const id =
    /^<#([A-Z0-9]{1,40})(?:\|[^>]*)?>$/i.exec(typed.trim())?.[1] ??
    (/^[A-Z0-9]{6,40}$/i.test(typed.trim()) ? typed.trim() : null);
  if (id === null)
    throw new UserError(
      'bad-channel',
      `"${typed.slice(0, 40)}" is not a channel that I can look up. Pick it from the list, or run the command in that channel.`,
    );
  if (id !== asker.channel && asker.platform === 'terminal')
    throw new UserError('channel-refused', 'The terminal has one channel only: leave the channel out.');
  return id;
}
