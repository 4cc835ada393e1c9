// What the alert commands share: who asks from where, which alert is meant, and what the asker has not been told yet.
import type { Block, Card } from '../card.ts';
import type { ArgSpec, CommandContext } from '../command.ts';
import { withCode } from '../error-card.ts';
import { conditionWords } from './text.ts';
import type { AlertView, Asker } from '../../alerts/alerts.ts';

export const WHICH_ALERT = {
  type: 'alert',
  description: 'Number or ID from /alert list; not needed when there is one',
  autocomplete: true,
} as const satisfies ArgSpec;

export function alertAskerOf({ request }: CommandContext): Asker {
  const { platform, place, user } = request;
  return { platform, tenant: place.tenant, channel: place.channel, userId: user.id };
}

/** A short private answer. */
export function alertAnswer(title: string, blocks: Block[]): Card {
  return { kind: 'alert-answer', outcome: 'ok', tone: 'info', title, blocks, private: true };
}

/** What is said where nobody has an account, so that no alert is anybody's; null elsewhere. */
export function nobodysAlerts({ request }: CommandContext): Card | null {
  if (request.platform !== 'web') return null;
  return alertAnswer('Alerts', [
    {
      kind: 'text',
      spans: [
        'Alerts live where I can write to you: in Discord, Slack or the terminal. This page does not know who you are, so it has none to show. Set one there with ',
        { kind: 'code', text: '/alert tao above 300' },
        '; ',
        { kind: 'code', text: '/alerts' },
        ' lists yours.',
      ],
    },
  ]);
}

/** The alert that the text means. */
export async function findAlert(typed: string | undefined, context: CommandContext): Promise<AlertView> {
  return await context.services.alerts.find(typed, alertAskerOf(context), context.request.user.canManage);
}

/** Alerts of the asker that we paused since they last asked, said once. */
export async function alertNotices(context: CommandContext): Promise<Block[]> {
  const paused = await context.services.alerts.notices(alertAskerOf(context));
  return paused.map((alert) => ({
    kind: 'note',
    spans: [
      { kind: 'bold', text: '⚠ paused' },
      ` · your alert ${alert.id} (${conditionWords(alert)}): `,
      ...withCode(alert.trouble ?? `It was refused. Run \`/alert resume ${alert.id}\`.`),
    ],
  }));
}
