// `/alert list` and `/alert history`: the asker's alerts with those of this channel, and what happened to them.
import type { Block, Card, Span } from '../../card.ts';
import { withCode } from '../../error-card.ts';
import { defineCommand } from '../../command.ts';
import { NEXT_STEP, nextStep } from '../../blocks/next-step.ts';
import { buttons } from '../../alerts/card.ts';
import { alertAnswer, alertAskerOf, alertNotices, nobodysAlerts } from '../../alerts/requester.ts';
import { alertLine, conditionWords, crossingWords } from '../../alerts/text.ts';
import { dateTime } from '../../../format/dates.ts';
import type { AlertEvent, AlertView } from '../../../alerts/alerts.ts';

/** More lines than this do not fit one message on every platform. */
const MOST_LINES = 20;

export const alertList = defineCommand({
  name: 'alert list',
  summary: 'Your alerts, and those of this channel',
  example: '/alert list',
  private: true,
  rights: true,
  args: { next: NEXT_STEP },
  async run({ next }, context): Promise<Card> {
    const elsewhere = nobodysAlerts(context);
    if (elsewhere !== null) return elsewhere;
    const { services, request, now } = context;
    const asker = alertAskerOf(context);
    const alerts = await services.alerts.list(asker);
    await services.alerts.shown(
      asker,
      alerts.slice(0, MOST_LINES).map(({ id }) => id),
    );
    const place = { here: request.place.channel, now };
    const lines = alerts.map((alert, index) => alertLine(alert, `${index + 1}`, place));
    const [only] = alerts;
    return alertAnswer('Alerts', [
      lines.length === 0
        ? {
            kind: 'text',
            spans: ['No alerts yet. Set one with ', { kind: 'code', text: '/alert create tao above 300' }, '.'],
          }
        : { kind: 'list', items: lines.slice(0, MOST_LINES) },
      ...(lines.length > MOST_LINES
        ? [{ kind: 'note', spans: [`and ${lines.length - MOST_LINES} more`] } as const]
        : []),
      ...nextStep('alert', next, lines.length),
      ...sleeping(alerts),
      ...(await alertNotices(context)),
      ...(only !== undefined && alerts.length === 1 ? [{ kind: 'buttons', buttons: buttons(only) } as const] : []),
    ]);
  },
});

/** How to start one again that is not watched, where no button of its own says it. */
function sleeping(alerts: readonly AlertView[]): Block[] {
  const place = alerts
    .slice(0, MOST_LINES)
    .findIndex(({ status, unreadable }) => unreadable !== true && ['paused', 'done', 'expired'].includes(status));
  if (place < 0 || alerts.length === 1) return [];
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
    const found = await context.services.alerts.history(alertAskerOf(context), MOST_LINES + 1);
    const events = found.slice(0, MOST_LINES);
    return alertAnswer('What your alerts did', [
      events.length === 0
        ? { kind: 'text', spans: ['Nothing yet.'] }
        : { kind: 'list', items: events.map((event) => eventLine(event)) },
      ...(found.length > events.length
        ? [{ kind: 'note', spans: [`The latest ${MOST_LINES}; there are older ones.`] } as const]
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
