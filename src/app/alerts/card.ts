// The message that tells an alert: what came true, when, from which source, and what can be done with it.
import { ASIDE, type Block, type Button, type Card, type Tone } from '../card.ts';
import { dateTime } from '../../format/dates.ts';
import type { AlertOrder, AlertView } from '../../alerts/alerts.ts';
import { conditionWords, crossingWords } from './text.ts';

/** The message of a crossing. `now`: when it is told. */
export function crossedCard({ alert, crossedAt, value, mention }: AlertOrder, now: number): Card {
  const moment = { kind: 'time', at: crossedAt, style: 'datetime', text: dateTime(crossedAt, alert.locale) } as const;
  const blocks: Block[] = [
    { kind: 'text', spans: [{ kind: 'bold', text: `${crossingWords(alert, value)}.` }] },
    { kind: 'note', spans: [`${whose(alert)}: ${conditionWords(alert)} · read at `, moment, late(crossedAt, now)] },
    { kind: 'buttons', buttons: buttons(alert) },
  ];
  return {
    kind: 'alert',
    outcome: 'ok',
    tone: toneOf(alert, value),
    title: `Alert · ${alert.label}`,
    blocks,
    ...(mention === null ? {} : { mention }),
  };
}

/** Three days before the end. `mention`: whom it calls, or null. */
export function endingCard(alert: AlertView, mention: string | null): Card {
  return {
    kind: 'alert',
    outcome: 'ok',
    tone: 'info',
    title: 'An alert ends soon',
    blocks: [
      {
        kind: 'text',
        spans: [`${conditionWords(alert)}: ends on ${dateTime(alert.expiresAt, alert.locale)}.`],
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Keep 30 days more',
            invocation: { command: 'alert resume', args: { alert: alert.id, days: '30' } },
          },
          deleteButton(alert),
        ],
      },
    ],
    ...(mention === null ? {} : { mention }),
  };
}

/** What can be done with an alert now. */
export function buttons(alert: AlertView): Button[] {
  const button = (label: string, command: string, more: Record<string, string> = {}): Button => ({
    label,
    invocation: { command: `alert ${command}`, args: { alert: alert.id, ...more } },
  });
  if (alert.unreadable === true) return [deleteButton(alert)];
  const coin = alert.target.kind === 'coin' ? [cardButton(alert.target.id, alert.label)] : [];
  if (alert.status === 'active')
    return [button('Snooze 1 day', 'pause', { days: '1' }), button('Pause', 'pause'), deleteButton(alert), ...coin];
  return [button(alert.status === 'done' ? 'Again' : 'Resume', 'resume'), deleteButton(alert), ...coin];
}

function cardButton(id: string, label: string): Button {
  return { label: `${label} card`, invocation: { command: 'coin', args: { coin: `id:${id}`, ...ASIDE } } };
}

function deleteButton(alert: AlertView): Button {
  return { label: 'Delete', invocation: { command: 'alert delete', args: { alert: alert.id } }, style: 'danger' };
}

/** Everybody reads what a channel is told, and only one of them made the alert. */
function whose({ channel }: AlertView): string {
  return channel === null ? 'Your alert' : 'Alert of this channel';
}

/** "told 3 min later" when it took more than a minute. */
function late(crossedAt: number, now: number): string {
  const minutes = Math.round((now - crossedAt) / 60_000);
  return minutes < 2 ? '' : `, told ${minutes} min later`;
}

function toneOf({ condition }: AlertView, value: number): Tone {
  if (condition.kind === 'above' || condition.kind === 'ath') return 'up';
  if (condition.kind === 'below') return 'down';
  if (condition.kind === 'move') return value > 0 ? 'up' : 'down';
  return condition.kind === 'removal' || condition.kind === 'removed' ? 'warn' : 'info';
}
