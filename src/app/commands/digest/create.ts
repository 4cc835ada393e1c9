// `/digest create`: echoes what was understood, shows a preview and the next run in local time, and starts only after a confirmation.
import type { Button, Card } from '../../card.ts';
import { HOME_COIN, namesakes, pickCoins, unknownCoinCard } from '../../input/coin-argument.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { currencyOf } from '../../input/currency-argument.ts';
import { askerOf, digestAnswer, digestButtons, notices, setupArgs } from '../../digest/requester.ts';
import { messageCard, withCode } from '../../error-card.ts';
import { digestCard } from '../../digest/card.ts';
import { digestFields, whenWords } from '../../digest/text.ts';
import { isSubnetId } from '../../subnets/as-coin.ts';
import { pickSubnet } from '../../subnets/pick.ts';
import { UserError } from '../../../base/errors.ts';
import { localMoment } from '../../../format/dates.ts';
import type { DigestView } from '../../../digests/digests.ts';
import { headOf } from '../../../base/visible-text.ts';

export const digestCreate = defineCommand({
  name: 'digest create',
  summary: 'Set up a daily post with price, week and chart for this channel',
  example: '/digest create 09:00 Europe/Berlin tao',
  manage: true,
  serverOnly: true,
  private: true,
  args: {
    time: { type: 'time', description: 'Local time, for example 09:00, 9am or 21.30', required: true },
    timezone: { type: 'zone', description: 'Time zone, for example Europe/Berlin', autocomplete: true },
    days: { type: 'days', description: 'daily, weekdays, weekend, or days like mon,wed,fri' },
    coins: {
      type: 'coins',
      description: 'One to five coins or subnets, TAO if left out',
      rest: true,
      autocomplete: true,
    },
    currency: { type: 'currency', description: 'Currency of the prices, for example eur', autocomplete: true },
    channel: { type: 'channel', description: 'Where to post; this channel if left out' },
    replace: { type: 'flag', description: 'Delete the previous post when the new one goes out' },
    subnets: { type: 'flag', description: 'With subnets: top movers, new and removed ones' },
    confirm: { type: 'text', description: 'The draft to start', hidden: true },
    replaces: { type: 'text', description: 'The digest whose place it takes', hidden: true },
  },
  async run(args, context) {
    if (args.confirm !== undefined) return await confirmed(args.confirm, args.replaces, context);
    const { services, request } = context;
    const picks = pickCoins(services, args.coins ?? [HOME_COIN]);
    const unknown = picks.find(({ picked }) => picked.coin === null);
    if (unknown?.picked.coin === null)
      return unknown.picked.whole
        ? unknownWord(unknown.text)
        : unknownCoinCard(unknown.text, unknown.picked, 'digest create');
    refuseForeignChannel(args.channel, context);
    const coins = picks.flatMap(({ picked }) => (picked.coin === null ? [] : [picked.coin.id]));
    const registrations: Record<string, number> = {};
    for (const id of coins.filter(isSubnetId)) {
      const picked = await pickSubnet(services, id, 'subnet');
      if ('card' in picked && picked.card.outcome === 'not-found') return picked.card;
      if ('subnet' in picked && picked.subnet.registeredAtBlock !== null)
        registrations[id] = picked.subnet.registeredAtBlock;
    }
    const currency = currencyOf(context, args.currency);
    const wish = {
      time: args.time,
      zone: args.timezone ?? request.timeZone ?? services.defaults.timeZone,
      days: args.days,
      coins,
      currency,
      locale: request.locale,
      replace: args.replace ?? false,
      subnets: args.subnets ?? false,
      ...(Object.keys(registrations).length === 0 ? {} : { registrations }),
      channel: args.channel,
    };
    const view = await services.digests.draft(wish, askerOf(context));
    const plain = args.days ?? args.currency ?? args.channel ?? args.replace ?? args.subnets;
    return await preview(view, {
      time: args.time,
      shared: namesakes(picks, services),
      byMenus: plain === undefined,
      context,
    });
  },
});

/** In words, what is no time, zone, day or currency stands where coins do. */
function unknownWord(text: string): Card {
  const shown = headOf(text.replaceAll(/\s+/g, ' '), 60);
  return messageCard(
    'digest',
    'not-found',
    'Not understood',
    `I know no coin, city, time zone or day called "${shown}". Try \`/digest create 09:00 Europe/Berlin tao weekdays\`.`,
  );
}

/** In Discord's own form a channel comes with the asker's rights in it; a channel in plain text could be anybody's. */
function refuseForeignChannel(channel: string | undefined, { request }: CommandContext): void {
  if (
    channel === undefined ||
    request.platform !== 'discord' ||
    request.via === 'command' ||
    /^(?:<#)?(\d+)>?$/.exec(channel)?.[1] === request.place.channel
  )
    return;
  throw new UserError(
    'channel-refused',
    'In a message I can only set up digests for this channel. Use the form of `/digest create` to pick another one.',
  );
}

/** `time` as typed; `shared`: what to say about shared tickers; `byMenus`: whether the menus of `digest setup` can say all that was wished. */
type Draft = { time: string; shared: string | null; byMenus: boolean; context: CommandContext };

async function preview(view: DigestView, { time, shared, byMenus, context }: Draft): Promise<Card> {
  const { services, request, now } = context;
  const card = await digestCard({ ...view, dueAt: view.nextAt ?? now, late: false }, services, now);
  /** Where the digest will post, when it is not here: the bot checks the rights there again when somebody confirms. */
  const elsewhere = view.channel === request.place.channel ? {} : { channel: view.channel };
  const start = (label: string, more: Record<string, string> = {}): Button => ({
    label,
    invocation: {
      command: 'digest create',
      args: { time: time.slice(0, 20), confirm: view.id, ...more, ...elsewhere },
    },
  });
  const when = view.nextAt === null ? '' : `Next: ${localMoment(view.nextAt, request.locale, view.zone)}.`;
  return {
    ...card,
    kind: 'digest-draft',
    title: `Preview · ${card.title}`,
    private: true,
    blocks: [
      {
        kind: 'text',
        spans: [{ kind: 'bold', text: `A digest ${whenWords(view)}.` }, ` ${when} It starts when you confirm.`],
      },
      ...[...view.notes, ...(shared === null ? [] : [shared])].map(
        (note) => ({ kind: 'note', spans: [note] }) as const,
      ),
      ...card.blocks.filter((block) => block.kind !== 'buttons' && block.kind !== 'menu'),
      { kind: 'note', spans: withCode(howToStart(view)) },
      {
        kind: 'buttons',
        buttons: [
          ...(view.twin === null
            ? [{ ...start('Start'), style: 'primary' as const }]
            : [{ ...start('Replace it', { replaces: view.twin }), style: 'primary' as const }, start('Add a second')]),
          ...(byMenus ? [change(view)] : []),
          { label: 'Cancel', invocation: { command: 'digest setup', args: { cancel: view.id } } },
        ],
      },
    ],
  };
}

function howToStart({ id, twin }: DigestView): string {
  return twin === null
    ? `Start it with the button, or type \`/digest resume ${id}\``
    : `There is one like this here already (${twin}): replace it, or add a second? Without buttons: \`/digest delete ${twin}\` first to replace it, then \`/digest resume ${id}\``;
}

/** Back to the menus, with the same fields. */
function change({ time, zone, coins }: DigestView): Button {
  return {
    label: 'Change',
    invocation: { command: 'digest setup', args: setupArgs({ time, timezone: zone, coins: coins.join(',') }) },
  };
}

async function confirmed(id: string, replaces: string | undefined, context: CommandContext): Promise<Card> {
  const { services, request } = context;
  const view = await services.digests.confirm(id, askerOf(context), replaces);
  const fields = digestFields(view, services, { here: request.place.channel, locale: request.locale });
  return digestAnswer(view.status === 'active' ? 'Digest started' : 'Digest', [
    { kind: 'fields', fields },
    ...view.notes.map((note) => ({ kind: 'note', spans: [note] }) as const),
    ...(await notices(context)),
    digestButtons(view),
  ]);
}
