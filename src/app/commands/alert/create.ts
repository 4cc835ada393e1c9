// `/alert create`: one line in, and back what was understood, how far it is, and what can be done with it.
import type { Block, Button, Card } from '../../card.ts';
import { type CommandContext, defineCommand, HERE } from '../../command.ts';
import { betweenCard, rangeIn } from '../../alerts/between.ts';
import { buttons } from '../../alerts/card.ts';
import { isChange } from '../../alerts/price-verbs.ts';
import { isWay, readCondition } from '../../alerts/condition-text.ts';
import { alertAnswer, alertAskerOf, alertNotices } from '../../alerts/requester.ts';
import { offerCard } from '../../alerts/offer.ts';
import { pickTarget } from '../../alerts/target.ts';
import { conditionWords, distanceWords, repeatWords, whereSpan } from '../../alerts/text.ts';
import { untilIn } from '../../alerts/until.ts';
import { currencyOf } from '../../input/currency-argument.ts';
import { vocabularyOf } from '../../reader/vocabulary.ts';
import { plainNumber } from '../../reader/arguments/convert-args.ts';
import { currencyWord } from '../../reader/words.ts';
import { UserError } from '../../../base/errors.ts';
import { date } from '../../../format/dates.ts';
import type { AlertView, AlertWish, Repeat, Target } from '../../../alerts/alerts.ts';
import { headOf } from '../../../base/visible-text.ts';

const DEFAULT_DAYS = 30;
/** What is years away is watched for as long as an alert can live. */
const RARE_DAYS = 365;
const REPEATS = ['once', 'daily', 'always'] as const satisfies readonly Repeat[];

export const alertCreate = defineCommand({
  name: 'alert create',
  summary: 'Tell me when a price, a move or a subnet reaches something',
  example: '/alert create tao above 300',
  private: true,
  rights: true,
  shorthand: true,
  args: {
    condition: {
      type: 'condition',
      description: 'above 300, below 200, +5% 24h, -5% 1h, ath, removal, emission, new, cost below 800',
      required: true,
      rest: true,
    },
    target: { type: 'coin', description: 'Coin or subnet (sn64); TAO if left out', autocomplete: true },
    currency: { type: 'currency', description: 'Currency of the price, for example eur', autocomplete: true },
    repeat: { type: 'choice', description: 'How often: once if left out', choices: REPEATS },
    channel: { type: 'channel', description: 'Tell a channel instead of you (for people who manage it)' },
    expires: { type: 'number', description: 'Days until it ends: 30 if left out, 365 at most' },
    offer: { type: 'flag', description: 'Only show what would be set', hidden: true },
  },
  async run(args, context): Promise<Card> {
    const { services, request } = context;
    const until = endOf(args.condition, context);
    const typed = until?.rest ?? args.condition;
    const { currencies } = vocabularyOf(services);
    const given = { target: args.target, currency: args.currency, repeat: args.repeat, channel: args.channel };
    const range = rangeIn(args.condition, currencies, request.locale);
    if (range !== null) {
      const picked = await pickTarget(args.target, { kind: 'reaches', price: range.low }, services);
      if ('card' in picked) return picked.card;
      const currency = currencyFor(picked.target, range.currency, args.currency, context);
      return betweenCard(range, given, { currency, locale: request.locale });
    }
    const read = readCondition(typed, { currencies }, request.locale);
    if (read === null) throw misread(typed, [], context.request.locale);
    const target = read.left.length === 0 ? args.target : targetNamed(read.left, args.target, context);
    if (read.left.length > 0 && target === undefined) throw misread(typed, read.left, context.request.locale);
    const picked = await pickTarget(target, read.condition, services);
    if ('card' in picked) return picked.card;
    const wish: AlertWish = {
      target: picked.target,
      label: picked.label,
      currency: currencyFor(picked.target, read.currency, args.currency, context),
      condition: read.condition,
      repeat: args.repeat ?? (read.condition.kind === 'halving' ? 'always' : 'once'), // each of its marks comes once
      channel: channelFor(args.channel, context),
      days: args.expires?.value ?? until?.days ?? (read.condition.kind === 'halving' ? RARE_DAYS : DEFAULT_DAYS),
      locale: request.locale,
    };
    if (args.offer === true) {
      const { offer: _offer, ...wanted } = request.args;
      return offerCard(wanted, picked.label);
    }
    const { alert, value } = await services.alerts.create(wish, alertAskerOf(context));
    const priceless = value === null && picked.target.kind === 'coin';
    const distance = priceless ? 'no price yet; it counts from the first one' : distanceWords(alert, value);
    const blocks: Block[] = [
      {
        kind: 'fields',
        fields: [
          { label: 'When', value: [conditionWords(alert)] },
          ...(distance === null ? [] : [{ label: 'Now', value: [distance] }]),
          {
            label: 'Tells',
            value: [
              whereSpan(alert, { here: request.place.channel, platform: request.platform }),
              `, ${repeatWords(alert)}`,
            ],
          },
          { label: 'Until', value: [date(alert.expiresAt, request.locale)] },
        ],
      },
      ...(picked.shared === null ? [] : [{ kind: 'note', spans: [picked.shared] } as const]),
      ...(await alertNotices(context)),
      { kind: 'buttons', buttons: [...otherSide(alert, typed, context), ...buttons(alert)] },
    ];
    return alertAnswer('Alert set', blocks);
  },
});

/** "until friday": the end of that day where the asker is. */
function endOf(condition: string, { request, services, now }: CommandContext): ReturnType<typeof untilIn> {
  try {
    return untilIn(condition, now, request.timeZone ?? services.defaults.timeZone);
  } catch {
    throw new UserError('bad-expiry', 'There is no such day. Try `until friday`, `until 24 dec` or `for 30 days`.');
  }
}

/** An alert watches one side of a price: who said "crosses" is offered the other one, too, for the same place and until the same day. */
function otherSide(alert: AlertView, typed: string, { request, services }: CommandContext): Button[] {
  const { condition, currency, target, repeat, channel, expiresAt } = alert;
  if (!/\bcross(?:es)?\b/i.test(typed) || (condition.kind !== 'above' && condition.kind !== 'below')) return [];
  if (channel !== null && channel !== request.place.channel) return []; // no control is long enough for it
  const other = condition.kind === 'above' ? 'below' : 'above';
  const named = target.kind === 'coin' ? `id:${target.id}` : target.kind === 'subnet' ? `sn${target.netuid}` : '';
  const zone = request.timeZone ?? services.defaults.timeZone;
  const end = Temporal.Instant.fromEpochMilliseconds(expiresAt).toZonedDateTimeISO(zone).toPlainDate().toString();
  const args = {
    condition: `${other} ${plainNumber(condition.price)} until ${end}`,
    target: named,
    ...(target.kind === 'coin' && currency === services.defaults.currency ? {} : { currency }),
    ...(repeat === 'once' ? {} : { repeat }),
    ...(channel === null ? {} : { channel: HERE }),
  };
  return [{ label: `Also ${other}`, invocation: { command: 'alert create', args } }];
}

/**
 * What is left over may be the name of a subnet ("chutes above 0.1 tao", where TAO is what it is priced in) or, with no other coin, of a small coin.
 * @returns what `pickTarget` knows
 */
function targetNamed(left: readonly string[], target: string | undefined, { services }: CommandContext) {
  if (target !== undefined && !/^(?:tao|τ)$/i.test(target.trim())) return undefined;
  const name = left.join(' ');
  if (/^\d+$/.test(name)) return undefined; // a second number is no name
  const [only, another] = services.subnets.find(name).exact;
  if (only !== undefined && another === undefined) return `sn${only.netuid}`;
  if (target !== undefined || NOT_WATCHED.test(name) || /\bemissions?\b/i.test(name)) return undefined; // "90d" beside a coin
  const { coin, currencies } = vocabularyOf(services);
  return coin(name) === null || currencyWord(name.toLowerCase(), currencies) !== null ? undefined : name;
}

/** What people would like to be told of and no source of ours says often enough. */
const NOT_WATCHED =
  /\b(?:volume|market ?cap|rank|supply|dominance|stak(?:e|ed|ers?|ing)|apy|apr|yield|fees?|validators?|miners?)\b/i;

const NOT_POSITIVE =
  /\b(?:above|below|over|under|hits|at|price)\b.*(?:\s[-−]\d|\s0+(?:[.,]0+)?(?:\s|$))|(?:^|\s)[+\-−±]?0+(?:[.,]0+)? ?%/;
const OTHER_WINDOW = /%.*\b\d+ ?(?:h|hours?|d|days?|m|min(?:utes?)?|w|weeks?|months?)\b/i;
const OFTEN = /\b(?:every|weekly|monthly|hourly|twice)\b/i;

function misread(typed: string, left: readonly string[], locale: string): UserError {
  const part = left.length === 0 ? typed : left.join(' ');
  const said = reasonAgainst(typed, part, locale) ?? `I did not understand "${headOf(part, 60)}".`;
  return new UserError(
    'bad-condition',
    `${said} Try \`/alert create tao above 300\`, \`-5% 1h\`, \`ath\`, \`sn64 removal\` or \`cost below 800\`.`,
  );
}

/** Why what was typed cannot be watched, and what can; null where it is not known. `part`: what of it was not understood. */
function reasonAgainst(typed: string, part: string, locale: string): string | null {
  if (/\bhalving\b/i.test(typed)) return 'The halving is told at 90%, at 99% and when it is done: `/alert halving`.';
  if (/\b(?:or|and)\b/i.test(typed) && (typed.match(/\d+(?:[.,]\d+)*/g) ?? []).length > 1)
    return 'An alert watches one thing: set one for each.';
  if (/\bemissions?\b/i.test(typed))
    return 'I can tell when the emission of a subnet is switched on or off (`/alert create sn64 emission`), not when it reaches a share.';
  if (isWay(typed, locale)) return 'I watch a price or a move in percent, not an amount by which a price moves.';
  if (NOT_WATCHED.test(typed)) return 'I watch prices, moves in percent, all-time highs and subnets, nothing else.';
  if (NOT_POSITIVE.test(typed)) return 'A price or a move is more than zero.';
  if (OFTEN.test(part)) return `I did not understand "${headOf(part, 60)}": an alert tells once, daily or always.`;
  if (OTHER_WINDOW.test(typed)) return `I did not understand "${headOf(part, 60)}": a move is over 1h, 24h or 7d.`;
  const isVague = !/\d/.test(typed) && typed.toLowerCase().split(/\s+/).some(isChange);
  return isVague ? 'Say how far: a price (`drops below 200`) or a move in percent (`drops 5% in 24h`).' : null;
}

/** Subnets are priced in TAO unless somebody says otherwise; a currency in the condition ("$300") comes first. */
function currencyFor(target: Target, said: string | null, option: string | undefined, context: CommandContext): string {
  if (said !== null && option !== undefined && said !== option.trim().toLowerCase())
    throw new UserError(
      'two-currencies',
      `The condition says ${said.toUpperCase()}, the currency ${option.slice(0, 10)}. Leave one of them out.`,
    );
  const inTao = said === 'tao' || option?.trim().toLowerCase() === 'tao';
  if (target.kind === 'coin') {
    if (inTao)
      throw new UserError('no-tao-price', 'I only know prices in TAO for subnets. Name a currency, for example usd.');
    return currencyOf(context, said ?? option);
  }
  return inTao || (said === null && option === undefined) ? 'tao' : currencyOf(context, said ?? option);
}

/** A channel is told only by people who manage it; "here" is the present one. */
function channelFor(channel: string | undefined, { request }: CommandContext): string | null {
  if (channel === undefined) return null;
  if (!request.user.canManage)
    throw new UserError(
      'not-manager',
      'Only people who manage a channel can set an alert for it. Leave the channel out and I tell you.',
    );
  const [typed, mentioned] = /^(?:<#([A-Z0-9]{1,40})(?:\|[^>]*)?>|[A-Z0-9]{6,40})$/i.exec(channel.trim()) ?? [];
  const id = channel === HERE ? request.place.channel : (mentioned ?? typed ?? null);
  if (id === null)
    throw new UserError(
      'bad-channel',
      `"${headOf(channel, 40)}" is not a channel that I can look up. Run the command there, with "here".`,
    );
  if (id !== request.place.channel && request.platform === 'terminal')
    throw new UserError('channel-refused', 'The terminal has one channel only: leave the channel out.');
  if (id !== request.place.channel && request.platform === 'discord' && request.via !== 'command')
    throw new UserError(
      'channel-refused',
      'In a message I can only set alerts for this channel. Use the form of `/alert create` to pick another one.',
    );
  return id;
}
