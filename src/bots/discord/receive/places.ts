// Servers and channels that go or change their rights, from the gateway's events; nothing of them is kept.
import { GatewayDispatchEvents } from 'discord.js';
import type { PlaceEvents } from '../../platform.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * Tells what an event means for places. `self`: our own user id. Never throws; other events mean nothing.
 * The events: https://docs.discord.com/developers/events/gateway-events#guilds and #channels; all come with the intent Guilds, and that about
 * our own roles (GUILD_MEMBER_UPDATE) without the intent for members.
 */
export function createPlaces(events: PlaceEvents, self: () => string | null): (name: string, data: Data) => void {
  const handlers: Readonly<Record<string, (guild: string, id: string, data: Data) => void>> = {
    [GatewayDispatchEvents.ChannelDelete]: events.onChannelGone,
    [GatewayDispatchEvents.ThreadDelete]: events.onChannelGone,
    [GatewayDispatchEvents.ChannelUpdate]: (guild, id) => events.onAccess(guild, id),
    [GatewayDispatchEvents.ThreadUpdate]: (guild, id) => events.onAccess(guild, id),
    [GatewayDispatchEvents.GuildRoleUpdate]: (guild) => events.onAccess(guild),
    [GatewayDispatchEvents.GuildMemberUpdate](guild, _id, { user }) {
      if ((user as { id?: unknown } | undefined)?.id === self()) events.onAccess(guild);
    },
  };
  return (name, data) => {
    const { id, guild_id: guild } = data;
    // A server that is only out of reach is `unavailable`.
    if (name === GONE && typeof id === 'string' && data['unavailable'] !== true) events.onRemoved(id);
    if (typeof guild === 'string') handlers[name]?.(guild, typeof id === 'string' ? id : '', data);
  };
}

const GONE: string = GatewayDispatchEvents.GuildDelete;
