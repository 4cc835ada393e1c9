// `/ticker`: a price as the status of a voice channel, where a server sees it without asking.
import type { Block, Card, Span } from '../../card.ts';
import { channelNamed } from '../../blocks/channel-name.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { HOME_COIN, pickCoin, unknownCoinCard } from '../../input/coin-argument.ts';
import { isSubnetId } from '../../subnets/as-coin.ts';
import { UserError } from '../../../base/errors.ts';
import { headOf } from '../../../base/visible-text.ts';

const OWN = { manage: true, serverOnly: true, private: true, only: 'discord' } as const;

export const tickerSet = defineCommand({
  name: 'ticker set',
  summary: 'Show a price under the name of a voice channel, renewed every 5 minutes',
  example: '/ticker set #lounge tao',
  ...OWN,
  args: {
    channel: { type: 'voice', description: 'The voice channel', required: true },
    coin: { type: 'coin', description: 'Ticker, name or ID of a coin; TAO if left out', autocomplete: true },
  },
  async run(args, context): Promise<Card> {
    const { services } = context;
    const typed = args.coin ?? HOME_COIN;
    const picked = pickCoin(services, typed);
    if (picked.coin === null) return unknownCoinCard(typed, picked, 'ticker set', { channel: args.channel });
    if (isSubnetId(picked.coin.id))
      throw new UserError('no-ticker', 'A ticker shows a coin; for subnets there is none yet.');
    const channel = channelId(args.channel);
    const { words, shown } = await services.tickers.set(placeOf(context), { channel, coin: picked.coin.id });
    return answer('Ticker set', [
      {
        kind: 'text',
        spans: [channelNamed(channel), ' shows ', { kind: 'bold', text: words }, shown ? '.' : ' within five minutes.'],
      },
      { kind: 'note', spans: ['Renewed every 5 minutes, with the moment of the price.'] },
      { kind: 'buttons', buttons: [clearButton('Take it away', channel)] },
    ]);
  },
});

export const tickerClear = defineCommand({
  name: 'ticker clear',
  summary: 'Take the price away from a voice channel',
  example: '/ticker clear',
  ...OWN,
  args: { channel: { type: 'voice', description: 'The voice channel; not needed when there is one ticker' } },
  async run(args, context): Promise<Card> {
    const { tickers } = context.services;
    const mine = args.channel === undefined ? await managed(context) : [channelId(args.channel)];
    const [only, another] = mine;
    if (only === undefined) return answer('No ticker here', [{ kind: 'text', spans: [...HOW] }]);
    if (another !== undefined)
      return answer('Which ticker?', [
        { kind: 'list', items: mine.map((channel, index) => [`${index + 1}. `, channelNamed(channel)]), plain: true },
        { kind: 'buttons', buttons: mine.map((channel, index) => clearButton(`Take ${index + 1} away`, channel)) },
      ]);
    return (await tickers.clear(placeOf(context), only))
      ? answer('Ticker cleared', [{ kind: 'text', spans: [channelNamed(only), ' shows no price any more.'] }])
      : answer('No ticker there', [{ kind: 'text', spans: [channelNamed(only), ' shows no price of mine. ', ...HOW] }]);
  },
});

const HOW: readonly Span[] = [{ kind: 'code', text: '/ticker set' }, ' shows one under a voice channel.'];

/** Channels with a ticker that the asker manages: rights can differ from channel to channel. */
async function managed(context: CommandContext): Promise<string[]> {
  const { manages } = context.request.user;
  const all = await context.services.tickers.list(placeOf(context));
  const rights = await Promise.all(all.map(async ({ channel }) => (await manages?.(channel)) ?? false));
  return all.flatMap(({ channel }, index) => (rights[index] === true ? [channel] : []));
}

/** @throws UserError for what is no channel */
function channelId(text: string): string {
  const id = /^(?:<?#)?(\d{1,21})>?$/.exec(text.trim())?.[1];
  if (id === undefined)
    throw new UserError(
      'bad-channel',
      `"${headOf(text, 40)}" is not a channel that I can look up. Pick it in the form.`,
    );
  return id;
}

function placeOf({ request }: CommandContext) {
  return { platform: request.platform, tenant: request.place.tenant };
}

function clearButton(label: string, channel: string) {
  return { label, invocation: { command: 'ticker clear', args: { channel } }, style: 'danger' as const };
}

function answer(title: string, blocks: Block[]): Card {
  return { kind: 'ticker', outcome: 'ok', tone: 'info', title, blocks, private: true };
}
