// `/help`: every command in one line, generated from the list.
import { signature } from '../input/arguments.ts';
import type { Card } from '../card.ts';
import { type Command, defineCommand } from '../command.ts';

/** Built over the list that it is part of. */
export function createHelp(list: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'What I can do',
    private: true,
    example: '/help',
    args: {},
    run(_args, { request }): Promise<Card> {
      const items = list().map((command) => [
        { kind: 'code' as const, text: signature(command) },
        ` – ${command.summary}`,
      ]);
      const chat = request.platform === 'discord' || request.platform === 'slack';
      const ways = chat
        ? 'Mention me, reply to me or write me a direct message: a command without the slash ("price tao") or a question ("when is the next halving?").'
        : 'Type a command with or without the slash, or just ask: "when is the next halving?".';
      return Promise.resolve({
        kind: 'help',
        outcome: 'ok',
        tone: 'info',
        title: 'What I can do',
        blocks: [
          { kind: 'list', items },
          { kind: 'text', spans: [ways] },
          {
            kind: 'buttons',
            buttons: [
              { label: 'TAO card', invocation: { command: 'coin', args: { coin: 'bittensor' } } },
              { label: 'Network', invocation: { command: 'network', args: {} } },
              { label: 'About', invocation: { command: 'about', args: {} } },
            ],
          },
        ],
        private: true,
      });
    },
  });
}
