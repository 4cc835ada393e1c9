// "when tao drops 10% in a day" without "alert me": the alert that this may be a wish for, behind a button.
import type { Card } from '../card.ts';
import { alertAnswer } from './requester.ts';

/** @param args of `/alert create`; nothing is set before the button is pressed. @param label of what is watched, e.g. "TAO" */
export function offerCard(args: Readonly<Record<string, string>>, label: string): Card {
  const typed = [args['target'], args['condition']].filter((word) => word !== undefined).join(' ');
  return {
    ...alertAnswer(`An alert for ${label}?`, [
      {
        kind: 'text',
        spans: [
          'I can write to you once when that happens: press the button, or type ',
          { kind: 'code', text: `/alert ${typed}` },
          '. Nothing is set yet.',
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Set this alert', invocation: { command: 'alert create', args }, style: 'primary' },
          { label: 'How alerts work', invocation: { command: 'faq', args: { id: 'bot-alert' } } },
        ],
      },
    ]),
    private: false,
  };
}
