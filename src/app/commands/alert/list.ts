// `/alert list` and `/alert history`: the asker's alerts with those of this channel, and what happened to them.
import type { Block, Card, Span } from '../../card.ts';
import { withCode } from '../../error-card.ts';
import { defineCommand } from '../../command.ts';
import { NEXT_STEP, nextStep, PAGE, pageOf } from '../../blocks/next-step.ts';
import { buttons } from '../../alerts/card.ts';
import { alertAnswer, alertAskerOf, alertNotices, findAlert, nobodysAlerts } from '../../alerts/requester.ts';
import { alertLine, conditionWords, crossingWords } from '../../alerts/text.ts';
import { dateTime } from '../../../format/dates.ts';
import type { AlertEvent, AlertView } from '../../../alerts/alerts.ts';

/** More events than this do not fit one message on every platform. */
const MOST_EVENTS = 20;

export const alertList = defineCommand({
  name: 'alert list',
  summary: 'Your alerts, and those of this channel',
  example: '/alert list',
  private: true,
  rights: true,
  args: {
    alert: { type: 'text', description: 'The one that was chosen', hidden: true },
    page: PAGE,
    next: NEXT_STEP,
  },
  async run({ alert: chosen, page, next }, context): Promise<Card> {
    const elsewhere = nobodysAlerts(context);
    if (elsewhere !== null) return elsewhere;
    const { services, request, now } = context;
    const place = { here: request.place.channel, now };
    if (chosen !== undefined) {
      const alert = await findAlert(chosen, context);
      const line: Block = { kind: 'list', items: [alertLine(alert, null, place)] };
      return alertAnswer('Alert', [line, { kind: 'buttons', buttons: buttons(alert) }]);
    }
    const asker = alertAskerOf(context);
    const alerts = await services.alerts.list(asker);
    await services.alerts.shown(
      asker,
      alerts.map(({ id }) => id),
    );
    const turned = { command: 'alert list', args: next === undefined ? {} : { next } };
    const { items, first, turn } = pageOf(alerts, page?.value ?? 1, turned);
    const lines = items.map((alert, index) => alertLine(alert, `${first + index + 1}`, place));
    const [only] = alerts;
    return alertAnswer('Alerts', [
      lines.length === 0
        ? {
            kind: 'text',
            spans: ['No alerts yet. Set one with ', { kind: 'code', text: '/alert create tao above 300' }, '.'],
          }
        : { kind: 'list', items: lines },
      ...nextStep('alert', next, lines.length),
      ...sleeping(items, first),
      ...(await alertNotices(context)),
      ...turn,
      ...(only !== undefined && alerts.length === 1 ? [{ kind: 'buttons', buttons: buttons(only) } as const] : []),
      ...(alerts.length > 1 ? [menu(items, first)] : []),
    ]);
  },
});

function menu(alerts: readonly AlertView[], first: number): Block {
  const options = alerts.map((alert, index) => ({
    label: `${first + index + 1} ${conditionWords(alert)}`,
    invocation: { command: 'alert list', args: { alert: alert.id } },
  }));
  return { kind: 'menu', placeholder: 'Choose an alert to change', options };
}

/** How to start one again that is not watched, where no button of its own says it. */
function sleeping(alerts: readonly AlertView[], first: number): Block[] {
  const found = alerts.findIndex(
    ({ status, unreadable }) => unreadable !== true && ['paused', 'done', 'expired'].includes(status),
  );
  if (found < 0 || alerts.length === 1) return [];
  const place = first + found;
  return [
    {
      kind: 'note',
      spans: withCode(`${place + 1} is not watched now: \`/alert resume ${place + 1}\` starts it again.`),
    },
  ];
}

export const alertHistory = defineCommand({
  name: 'alert history',
  summary: 'What your alerts told, and what they missed',
  example: '/alert history',
  private: true,
  args: {},
  async run(_args, context): Promise<Card> {
    const elsewhere = nobodysAlerts(context);
    if (elsewhere !== null) return elsewhere;
    const found = await context.services.alerts.history(alertAskerOf(context), MOST_EVENTS + 1);
    const events = found.slice(0, MOST_EVENTS);
    return alertAnswer('What your alerts did', [
      events.length === 0
        ? { kind: 'text', spans: ['Nothing yet.'] }
        : { kind: 'list', items: events.map((event) => eventLine(event)) },
      ...(found.length > events.length
        ? [{ kind: 'note', spans: [`The latest ${MOST_EVENTS}; there are older ones.`] } as const]
        : []),
    ]);
  },
});

function eventLine({ alert, at, kind, value }: AlertEvent): Span[] {
  const moment: Span = { kind: 'time', at, style: 'datetime', text: dateTime(at, alert.locale) };
  const what = value === null ? conditionWords(alert) : crossingWords(alert, value);
  const fate = {
    crossed: 'came true',
    told: 'told',
    missed: 'missed while I was away',
    failed: 'could not be delivered',
  };
  return [moment, ` · ${fate[kind]}: ${what} · `, { kind: 'code', text: alert.id }];
}
