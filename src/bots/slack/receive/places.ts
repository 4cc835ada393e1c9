// Channels that go, close and come back, from Slack's events: https://docs.slack.dev/reference/events
import type { App } from '@slack/bolt';
import type { PlaceEvents } from '../../platform.ts';
import type { Workspaces } from '../auth/workspaces.ts';
import type { Delivery, Fields } from './payload.ts';

export type PlacesOptions = {
  workspaces: Pick<Workspaces, 'identity'>;
  places: Pick<PlaceEvents, 'onChannelGone' | 'onChannelClosed' | 'onAccess'>;
  /** Does the work once, after the acknowledgement. */
  work: (raw: object, context: object, run: (delivery: Delivery) => Promise<void>) => void;
};

/** `channel_…` is for public channels, `group_…` for private ones; `…_left` is about the bot itself. */
export const CHANNEL_EVENTS = [
  'channel_archive',
  'channel_deleted',
  'channel_left',
  'channel_unarchive',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_unarchive',
] as const;
/** About anybody in a channel where the bot is. */
export const MEMBER_EVENTS = ['member_joined_channel', 'member_left_channel'] as const;

export function registerPlaces(app: App, { workspaces, places, work }: PlacesOptions): void {
  const effects: Readonly<Record<string, (tenant: string, channel: string) => void>> = {
    archive: (tenant, channel) => places.onChannelClosed(tenant, channel, 'archived'),
    deleted: places.onChannelGone,
    left: (tenant, channel) => places.onChannelClosed(tenant, channel, 'left'),
    unarchive: (tenant, channel) => places.onAccess(tenant, channel),
  };
  for (const name of CHANNEL_EVENTS)
    app.event(name, ({ body, context }) => {
      work(body, context, ({ place }) =>
        Promise.resolve(effects[name.split('_')[1] ?? '']?.(place.tenant, place.channel)),
      );
      return Promise.resolve();
    });
  for (const name of MEMBER_EVENTS)
    app.event(name, ({ event, body, context }) => {
      work(body, context, async ({ place: { tenant, channel } }) => {
        const identity = await workspaces.identity(tenant);
        if (identity?.userId == null || (event as unknown as Fields)['user'] !== identity.userId) return;
        if (name === 'member_joined_channel') places.onAccess(tenant, channel);
        else places.onChannelClosed(tenant, channel, 'left');
      });
      return Promise.resolve();
    });
}
