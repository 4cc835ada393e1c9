// Discord for the wiring: from settings to a bot.
import type { Card, CardChart } from '../../app/card.ts';
import { chartsOf } from '../draw-charts.ts';
import type { Platform } from '../platform.ts';
import { allowedHosts } from './links.ts';
import { readShardList, type ShardList } from './shards/shard-list.ts';

export const discord: Platform = {
  name: 'discord',
  turnOn: 'set DISCORD_TOKEN to turn it on',
  isOn: (setting) => setting('DISCORD_TOKEN') !== undefined,
  async create(tools) {
    const token = tools.setting('DISCORD_TOKEN');
    if (token === undefined) return null;
    const coin = tools.setting('DISCORD_PRESENCE') ?? 'none';
    const { createDiscordBot } = await import('./bot.ts');
    return createDiscordBot({
      ...tools,
      places: tools,
      token,
      apiUrl: tools.setting('DISCORD_API_URL'),
      shards: shardsOf(tools.setting('DISCORD_SHARDS')),
      guildId: tools.setting('DISCORD_GUILD_ID'),
      ...(coin === 'none' ? {} : { presence: () => tools.priceLine(coin) }),
      allowedHosts: allowedHosts(tools.sourceUrls, tools.defaults.publicUrl),
      onFatal: (reason) =>
        tools.log.error(
          { reason },
          'Discord is off until this is corrected and the bot started again; everything else goes on',
        ),
    });
  },
  async preview(card: Card, { defaults, sourceUrls }) {
    const [{ createLinkPolicy }, { outgoing }, { renderCard }] = await Promise.all([
      import('./render/escape.ts'),
      import('./send/payload.ts'),
      import('./render/render.ts'),
    ]);
    const pictures = new Map<CardChart, Uint8Array>();
    for (const chart of chartsOf(card))
      if (chart.png !== undefined) pictures.set(chart, await chart.png('dark', 'phone'));
    const links = createLinkPolicy(allowedHosts(sourceUrls, defaults.publicUrl));
    return outgoing(renderCard(card, { links, pictures }), card.private === true ? { ephemeral: true } : {}).body;
  },
};

/** The setting was checked when it was read. */
function shardsOf(text: string | undefined): ShardList | undefined {
  const list = text === undefined ? undefined : readShardList(text);
  return typeof list === 'string' ? undefined : list;
}
