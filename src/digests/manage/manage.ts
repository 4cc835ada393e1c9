// Creates and manages digest subscriptions: create, list, pause, resume, delete, post now.
import { UserError } from '../../base/errors.ts';
import type { Random } from '../../base/hash.ts';
import type { CanPost, Target } from '../../bots/bot.ts';
import type { Deliveries } from '../../store/delivery/deliveries.ts';
import type { Subscriptions, SubscriptionRow } from '../../store/digests/subscriptions.ts';
import type { ShownLists } from '../../store/shown-lists/shown-lists.ts';
import { deliveryNow } from '../schedule/plan-due.ts';
import type { Asker, Digests } from '../digests.ts';
import { readableSpec } from '../stored-spec.ts';
import { flawOf, nextOrNull } from '../subscription.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { scheduleReader } from '../schedule/read-schedule.ts';
import { draftAgain, draftOf } from './draft-row.ts';
import { failureSentence } from './failure-reasons.ts';
import { viewOf } from './view.ts';
import { suggestZones } from '../schedule/parse-zone.ts';

/** More than a channel or a server could want; a bound against somebody who tries. */
const MOST_PER_CHANNEL = 25;
const MOST_PER_TENANT = 100;

/** What the limits look at. */
type Counted = Pick<Subscriptions, 'find' | 'countAt'>;

export type DigestManagerOptions = {
  subscriptions: Subscriptions;
  shownLists: ShownLists;
  deliveries: Deliveries;
  lifecycle: Lifecycle;
  now: () => number;
  random: Random;
  zoneData: () => string;
  addDelivery: (row: ReturnType<typeof deliveryNow>) => Promise<boolean>;
  /** Whether the platform's bot could post there; answers in a moment in any case. */
  canPost: (platform: string, target: Target) => Promise<CanPost>;
};

export function createDigestManager(options: DigestManagerOptions): Omit<Digests, 'totals'> {
  const { subscriptions, shownLists, deliveries, lifecycle, now } = options;
  const own = async (id: string, asker: Asker): Promise<SubscriptionRow> => {
    const row = await subscriptions.find(id.toLowerCase().slice(0, 40), asker);
    if (row === null)
      throw new UserError(
        'no-digest',
        'No such digest here; it may have been deleted. `/digest list` shows the current ones.',
      );
    return row;
  };
  const lineOf = async (asker: Asker, number: number): Promise<string> => {
    const id = await shownLists.idOf(asker, number);
    if (id !== null) return id;
    throw new UserError(
      'which-digest',
      'That number is in no list that you saw lately: run `/digest list`, then use a number or an ID from it.',
    );
  };
  /** A request carries rights in its own channel; for a digest of another one those there are asked for. What is dead may be cleared away. */
  const managed = async (id: string, asker: Asker): Promise<SubscriptionRow> => {
    const row = await own(id, asker);
    if (row.channel === asker.channel || row.status === 'dead' || (await asker.manages?.(row.channel)) === true)
      return row;
    throw new UserError(
      'other-channel',
      'That digest belongs to another channel, which you may not manage. Ask somebody who manages it.',
    );
  };
  const view = async (id: string, asker: Asker) => viewOf(await own(id, asker), now());
  /** The digest that a new one of the same channel stands in for; null when it is gone. */
  const replacedBy = async (row: SubscriptionRow, id: string | undefined, rows: Counted) => {
    const before = id === undefined ? null : await rows.find(id, row);
    return before === null || before.channel !== row.channel || before.id === row.id ? null : before;
  };
  /** A digest that nobody would see is neither promised nor started. */
  const refuseWhereMute = async (row: SubscriptionRow) => {
    const rights = await options.canPost(row.platform, { tenant: row.tenant, channel: row.channel });
    if (rights.kind === 'no') throw new UserError('cannot-post', rights.remedy);
  };
  const refuseDamaged = (row: SubscriptionRow) => {
    const flaw = flawOf(row, now());
    if (flaw !== null) throw new UserError(flaw, `This digest cannot go on. ${failureSentence(flaw)}`);
  };
  const start = async (row: SubscriptionRow, asker: Asker, replaces?: string) => {
    refuseDamaged(row);
    await refuseWhereMute(row); // the channel may be gone since the preview
    const next = nextOrNull(row, now(), null);
    const patch = { status: 'active', next_at: next?.at ?? null, after_at: now(), owner: asker.userId } as const;
    const room = async (rows: Counted) => {
      const before = await replacedBy(row, replaces, rows);
      if (before === null || before.status === 'draft' || before.status === 'dead') await withinQuota(row, rows);
      return before?.id ?? null;
    };
    await subscriptions.start(row, patch, room, now());
    return await view(row.id, asker);
  };
  return {
    async draft(wish, asker) {
      const row = draftOf(wish, asker, { at: now(), random: options.random, zoneData: options.zoneData() });
      await withinQuota(row, subscriptions);
      await refuseWhereMute(row);
      const others = await subscriptions.listAt(row, MOST_PER_CHANNEL);
      await subscriptions.add(row);
      const view = viewOf(row, now());
      const twin = others.find((other) => isSame(other, row));
      return { ...view, twin: twin?.id ?? null };
    },
    async confirm(id, asker, replaces) {
      const row = await managed(id, asker);
      return row.status === 'draft' ? await start(row, asker, replaces) : viewOf(row, now());
    },
    shown: shownLists.shown,
    list: async (place) => (await subscriptions.listAt(place, MOST_PER_TENANT)).map((row) => viewOf(row, now())),
    async find(typed, asker) {
      const here = await subscriptions.listAt(
        { platform: asker.platform, tenant: asker.tenant, channel: asker.channel },
        MOST_PER_TENANT,
      );
      const text = typed?.trim().replace(/^#/, '') ?? '';
      if (text === '' && here.length !== 1)
        throw new UserError(
          'which-digest',
          here.length === 0
            ? 'This channel has no digest. Create one with `/digest create 09:00`.'
            : 'This channel has several digests: say which one, by its number or ID from `/digest list`.',
        );
      if (text === '' && here[0] !== undefined) return viewOf(here[0], now());
      return await view(/^\d{1,3}$/.test(text) ? await lineOf(asker, Number(text)) : text, asker);
    },
    async pause(id, asker) {
      const row = await managed(id, asker);
      await subscriptions.change(row.id, ['active', 'suspended'], { status: 'paused', next_at: null });
      await deliveries.drop([row.id], 'paused', now());
      return await view(row.id, asker);
    },
    async resume(id, asker) {
      const row = await managed(id, asker);
      if (row.status === 'draft') return await start(row, asker); // places without buttons confirm in words
      if (row.status === 'dead')
        throw new UserError(
          'dead-digest',
          `This digest was retired: ${failureSentence(row.last_error ?? '')} Create a new one.`,
        );
      if (flawOf(row, now()) === null) await refuseWhereMute(row);
      await lifecycle.resume(row, 0);
      refuseDamaged(row);
      return await view(row.id, asker);
    },
    async remove(id, asker) {
      const row = await managed(id, asker);
      const isLost = row.status === 'draft' || flawOf(row, now()) !== null;
      const again = isLost ? null : draftAgain(row, asker, { at: now(), random: options.random });
      if (again !== null) await subscriptions.add(again);
      await subscriptions.remove(row.id, now());
      return again?.id ?? null;
    },
    async now(id, asker) {
      const row = await managed(id, asker);
      if (row.status === 'draft' || row.status === 'dead')
        throw new UserError('dead-digest', 'This digest does not run, so it cannot be posted. Create a new one.');
      refuseDamaged(row);
      const added = await options.addDelivery(deliveryNow(row, now()));
      if (!added) throw new UserError('too-soon', 'One is on its way already. Please wait a minute before the next.');
    },
    async notices(asker) {
      return (
        await subscriptions.takeNotices({ platform: asker.platform, tenant: asker.tenant, owner: asker.userId })
      ).map((row) => viewOf(row, now()));
    },
    reads: scheduleReader,
    zones: suggestZones,
  };
}

/** The same post at the same time, whoever made it and whatever state it is in. */
function isSame(one: SubscriptionRow, other: SubscriptionRow): boolean {
  const shown = (row: SubscriptionRow) => {
    const spec = readableSpec(row);
    return JSON.stringify(spec && [spec.coins, spec.registrations, spec.currency, row.local_time, row.zone, row.days]);
  };
  return one.status !== 'dead' && shown(one) === shown(other);
}

async function withinQuota({ platform, tenant, channel }: SubscriptionRow, subscriptions: Counted): Promise<void> {
  if ((await subscriptions.countAt({ platform, tenant, channel })) >= MOST_PER_CHANNEL)
    throw new UserError(
      'quota',
      `This channel already has ${MOST_PER_CHANNEL} digests, the maximum. Delete one first.`,
    );
  if ((await subscriptions.countAt({ platform, tenant })) >= MOST_PER_TENANT)
    throw new UserError('quota', `A server or workspace can have ${MOST_PER_TENANT} digests. Delete one first.`);
}
