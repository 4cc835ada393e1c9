// `/alert pause`, `resume` and `delete`: small changes to one alert, by its owner or by those who manage the channel that it tells.
import type { Card } from '../../card.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { buttons } from '../../alerts/card.ts';
import {
  alertAnswer,
  alertAskerOf,
  alertNotices,
  findAlert,
  nobodysAlerts,
  WHICH_ALERT,
} from '../../alerts/requester.ts';
import { alertLine, conditionWords } from '../../alerts/text.ts';
import { DAY } from '../../../base/clock.ts';
import type { AlertView } from '../../../alerts/alerts.ts';

const OWN = { private: true, rights: true } as const;
const LONGEST_SNOOZE_DAYS = 30;

export const alertPause = defineCommand({
  name: 'alert pause',
  summary: 'Pause an alert until it is resumed, or snooze it for some days',
  example: '/alert pause 1',
  ...OWN,
  args: { alert: WHICH_ALERT, days: { type: 'number', description: 'Snooze for so many days', hidden: true } },
  async run(args, context) {
    const elsewhere = nobodysAlerts(context);
    if (elsewhere !== null) return elsewhere;
    const { alerts } = context.services;
    const found = await findAlert(args.alert, context);
    const wanted = args.days?.value ?? 0;
    const days = Math.min(wanted, LONGEST_SNOOZE_DAYS);
    const notes = days < wanted ? [`A snooze lasts ${LONGEST_SNOOZE_DAYS} days at most.`] : [];
    if (days > 0)
      return await shown(
        'Alert snoozed',
        await alerts.snooze(found.id, alertAskerOf(context), days * DAY),
        context,
        notes,
      );
    return await shown('Alert paused', await alerts.pause(found.id, alertAskerOf(context)), context);
  },
});

export const alertResume = defineCommand({
  name: 'alert resume',
  summary: 'Start a paused, told or expired alert again',
  example: '/alert resume 1',
  ...OWN,
  args: { alert: WHICH_ALERT, days: { type: 'number', description: 'Keep it for so many days', hidden: true } },
  async run(args, context) {
    const elsewhere = nobodysAlerts(context);
    if (elsewhere !== null) return elsewhere;
    const { alerts } = context.services;
    const found = await findAlert(args.alert, context);
    const days = args.days?.value ?? 0;
    if (days > 0)
      return await shown('Alert extended', await alerts.extend(found.id, alertAskerOf(context), days), context);
    return await shown('Alert resumed', await alerts.resume(found.id, alertAskerOf(context)), context);
  },
});

export const alertDelete = defineCommand({
  name: 'alert delete',
  summary: 'Delete an alert permanently',
  example: '/alert delete 1',
  ...OWN,
  args: { alert: WHICH_ALERT },
  async run(args, context) {
    const elsewhere = nobodysAlerts(context);
    if (elsewhere !== null) return elsewhere;
    const found = await findAlert(args.alert, context);
    await context.services.alerts.remove(found.id, alertAskerOf(context));
    return alertAnswer('Alert deleted', [
      { kind: 'text', spans: [`Deleted: ${conditionWords(found)}.`] },
      ...(await alertNotices(context)),
    ]);
  },
});

async function shown(
  title: string,
  alert: AlertView,
  context: CommandContext,
  notes: readonly string[] = [],
): Promise<Card> {
  const { request, now } = context;
  return alertAnswer(title, [
    { kind: 'list', items: [alertLine(alert, null, { here: request.place.channel, now })] },
    ...notes.map((note) => ({ kind: 'note', spans: [note] }) as const),
    ...(await alertNotices(context)),
    { kind: 'buttons', buttons: buttons(alert) },
  ]);
}
