// `/digest setup`: time, zone and coins of a daily post by three menus; the choices travel in the controls, so nothing is kept meanwhile.
import type { Block, Card, MenuOption } from '../../card.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { cityOf, guessZone } from '../../input/guess-zone.ts';
import { askerOf, digestAnswer, digestButtons, SET_UP, setupArgs } from '../../digest/requester.ts';
import { coinSymbols, whenWords } from '../../digest/text.ts';
import { HOME_COIN, pickCoins } from '../../input/coin-argument.ts';
import { personOf } from '../../../base/direct-target.ts';
import { dateFormat } from '../../../format/dates.ts';

const USUAL_TIME = '09:00';
const HOURS = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
/** Clocks of the world from west to east; with the chosen one at most 25 options, which is Discord's limit for a menu. */
const ZONES = [
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Paris',
  'Africa/Lagos',
  'Africa/Johannesburg',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Jakarta',
  'Asia/Shanghai',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Australia/Sydney',
  'Pacific/Auckland',
];
/** Ids of coins, as `coins` carries them. */
const COIN_SETS = [
  'bittensor',
  'bittensor,bitcoin',
  'bittensor,bitcoin,ethereum',
  'bittensor,near,render-token',
  'bitcoin,ethereum',
];

/** What was chosen so far; `timezone` is absent while it is a guess. */
type Choice = { time: string; timezone?: string; coins: string };

export const digestSetup = defineCommand({
  name: 'digest setup',
  summary: 'Set up a daily post by choosing time, time zone and coins',
  example: '/digest setup',
  manage: true,
  serverOnly: true,
  private: true,
  args: {
    time: { type: 'time', description: 'The time that was chosen', hidden: true },
    timezone: { type: 'zone', description: 'The zone that was chosen', hidden: true },
    coins: { type: 'coins', description: 'The coins that were chosen', hidden: true },
    cancel: { type: 'text', description: 'The draft to forget', hidden: true },
  },
  async run({ time, timezone, coins, cancel }, context): Promise<Card> {
    const { services } = context;
    if (cancel !== undefined) return await cancelled(cancel, context);
    const picked = pickCoins(services, coins ?? [HOME_COIN]);
    const ids = picked.flatMap(({ picked: { coin } }) => (coin === null ? [] : [coin.id]));
    const read = timezone === undefined ? null : services.digests.reads.zone(timezone);
    const chosen = {
      time: services.digests.reads.time(time ?? USUAL_TIME) ?? USUAL_TIME,
      coins: ids.length === 0 ? 'bittensor' : ids.join(','),
      ...(read !== null && 'zone' in read ? { timezone: read.zone } : {}),
    };
    return form(chosen, context);
  },
});

function form(choice: Choice, context: CommandContext): Card {
  const { services, request } = context;
  const guess = guessZone(request, services);
  const zone = choice.timezone ?? guess.zone;
  const what = namesOf(choice.coins, context);
  const where = personOf(request.place.channel) === null ? 'posted here' : 'sent to you as a direct message';
  return digestAnswer('Set up a morning post', [
    {
      kind: 'text',
      spans: [
        'Every day at ',
        { kind: 'bold', text: `${choice.time} ${cityOf(zone)}${zone.includes('/') ? ' time' : ''}` },
        `, ${where}: price and week of ${what}, and a question of the day with its answer.`,
      ],
    },
    ...(choice.timezone === undefined ? ([{ kind: 'note', spans: [guess.note] }] as const) : []),
    {
      kind: 'menu',
      placeholder: `Time · ${choice.time}`,
      options: HOURS.map((time) => option(time, { ...choice, time })),
    },
    {
      kind: 'menu',
      placeholder: `Time zone · ${cityOf(zone)}`,
      options: [...new Set([zone, ...ZONES])].map((other) =>
        option(zoneLabel(other, context), { ...choice, timezone: other }),
      ),
    },
    {
      kind: 'menu',
      placeholder: `Coins · ${what}`,
      options: COIN_SETS.map((coins) => option(namesOf(coins, context), { ...choice, coins })),
    },
    buttons({ ...choice, timezone: zone }),
    { kind: 'note', spans: ['You see it before anything is posted.'] },
  ]);
}

function option(label: string, choice: Choice): MenuOption {
  return { label, invocation: { command: 'digest setup', args: setupArgs(choice) } };
}

function buttons(choice: Required<Choice>): Block {
  return {
    kind: 'buttons',
    buttons: [
      {
        label: 'Preview and start',
        invocation: { command: 'digest create', args: setupArgs(choice) },
        style: 'primary',
      },
      { label: 'Cancel', invocation: { command: 'digest setup', args: { cancel: '-' } } },
    ],
  };
}

function namesOf(coins: string, { services }: CommandContext): string {
  return coinSymbols(coins.split(','), services);
}

/** "Berlin (GMT+1)": cities of a zone, with what its clock shows today. */
function zoneLabel(zone: string, { now }: CommandContext): string {
  const parts = dateFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(now);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value;
  return offset === undefined || zone === 'UTC' ? cityOf(zone) : `${cityOf(zone)} (${offset})`;
}

/** Forgets the draft, if there is one already; what was started meanwhile goes on, and can be deleted. */
async function cancelled(draft: string, context: CommandContext): Promise<Card> {
  const { digests } = context.services;
  if (draft !== '-') {
    const view = await digests.find(draft, askerOf(context)).catch(() => null); // gone already: as wished
    if (view !== null && view.status !== 'draft')
      return digestAnswer('Already started', [
        { kind: 'text', spans: ['It was started already: ', { kind: 'bold', text: whenWords(view) }, '.'] },
        digestButtons(view),
      ]);
    if (view !== null) await digests.remove(view.id, askerOf(context));
  }
  return digestAnswer('Cancelled', [
    { kind: 'text', spans: ['Nothing was set up, and nothing will be posted.'] },
    { kind: 'buttons', buttons: [SET_UP] },
  ]);
}
