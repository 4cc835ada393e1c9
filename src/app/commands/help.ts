// `/help`: every command in one line; help on one command or group; and what to say to greetings and thanks.
import { signature, visibleArgs } from '../input/arguments.ts';
import { type Block, type Button, type Card, SMALL_TALK, type Span } from '../card.ts';
import { type Command, defineCommand, isOn, type Request, topName } from '../command.ts';
import { SET_UP } from '../digest/requester.ts';
import { TALK_CARDS } from '../talk-cards.ts';

const START: readonly Button[] = [
  { label: 'TAO now', invocation: { command: 'coin', args: { coin: 'bittensor' } } },
  { label: 'What is Bittensor?', invocation: { command: 'faq', args: { id: 'what-is-bittensor' } } },
  { label: 'All commands', invocation: { command: 'help', args: {} } },
];

/** Built over the list that it is part of. */
export function createHelp(list: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'What I can do',
    private: true,
    rights: true, // commands for those who manage are listed for them only
    example: '/help',
    args: { about: { type: 'text', description: 'A command, or what was said', hidden: true } },
    run({ about }, { request }): Promise<Card> {
      const commands = list().filter((command) => isOn(command, request.platform));
      const talk = about === undefined ? undefined : TALK[about];
      if (talk !== undefined) return Promise.resolve(talk);
      const group = commands.filter((command) => command.name === about || topName(command) === about);
      return Promise.resolve(group.length > 0 ? helpOn(group, request) : overview(commands, request));
    },
  });
}

function overview(commands: readonly Command[], { platform, user }: Request): Card {
  const [managing, free] = [commands.filter(({ manage }) => manage), commands.filter(({ manage }) => !manage)];
  const chat = platform === 'discord' || platform === 'slack';
  const ways = chat
    ? 'Mention me, reply to me or write me a direct message: a command without the slash ("price tao") or a question ("when is the next halving?").'
    : 'Type a command with or without the slash, or just ask: "when is the next halving?".';
  return card('What I can do', [
    { kind: 'list', items: free.map(line) },
    ...(user.canManage
      ? ([
          { kind: 'heading', text: 'For those who manage this channel' },
          { kind: 'list', items: managing.map(line) },
        ] as const)
      : []),
    { kind: 'text', spans: [ways] },
    {
      kind: 'buttons',
      buttons: [
        { label: 'TAO card', invocation: { command: 'coin', args: { coin: 'bittensor' } } },
        { label: 'Network', invocation: { command: 'network', args: {} } },
        { label: 'About', invocation: { command: 'about', args: {} } },
      ],
    },
  ]);
}

/** One command, or a group like `/digest`: what it does, its arguments, an example. */
function helpOn(commands: readonly Command[], { user }: Request): Card {
  const [only, more] = commands;
  if (only === undefined || more !== undefined)
    return card(`/${only === undefined ? 'help' : topName(only)}`, [
      { kind: 'list', items: commands.map(line) },
      ...examples(commands),
      ...(user.canManage && commands.some(({ name }) => name === SET_UP.invocation.command)
        ? [{ kind: 'buttons', buttons: [SET_UP] } as const]
        : []),
    ]);
  const fields = visibleArgs(only).map(([name, spec]) => ({
    label: spec.required === true ? name : `${name} (optional)`,
    value: [spec.description],
  }));
  return card(`/${only.name}`, [
    { kind: 'text', spans: [`${only.summary}.`] },
    ...(fields.length === 0 ? [] : [{ kind: 'fields', fields } as const]),
    ...examples(commands),
  ]);
}

function line(command: Command): Span[] {
  return [{ kind: 'code', text: signature(command) }, ` – ${command.summary}`];
}

function examples(commands: readonly Command[]): Block[] {
  const typed = commands.flatMap(({ example }) => (example === undefined ? [] : [example])).slice(0, 3);
  const spans = typed.flatMap((text, index): Span[] => [index === 0 ? 'For example ' : ' · ', { kind: 'code', text }]);
  return spans.length === 0 ? [] : [{ kind: 'text', spans }];
}

function card(title: string, blocks: readonly Block[]): Card {
  return { kind: 'help', outcome: 'ok', tone: 'info', title, blocks, private: true };
}

/** One line, where silence would look broken; in a conversation nothing is posted (see `needsNoAnswer`). */
function smallTalk(title: string): Card {
  return { ...card(title, []), kind: SMALL_TALK, private: false };
}

/** What to say to messages without a topic. */
const TALK: Readonly<Partial<Record<string, Card>>> = {
  ...TALK_CARDS,
  greeting: {
    ...card('Hi, I am taobot', [
      { kind: 'text', spans: ['Prices, charts and checked answers about Bittensor. Three things to try:'] },
      {
        kind: 'list',
        items: [
          [{ kind: 'code', text: 'price tao' }],
          [{ kind: 'code', text: 'when is the next halving?' }],
          [{ kind: 'code', text: 'compare tao near 30d' }],
        ],
      },
      { kind: 'buttons', buttons: START },
    ]),
    private: false,
  },
  thanks: smallTalk('Any time!'),
  aside: smallTalk('All right.'),
  help: card('What I can do', [
    {
      kind: 'text',
      spans: [
        'I know live prices, charts, conversions, the state of the Bittensor network, and checked answers with sources.',
      ],
    },
    { kind: 'buttons', buttons: START },
  ]),
  'digest-setup': card('A daily post for a channel', [
    {
      kind: 'text',
      spans: [
        'Go to the channel and type ',
        { kind: 'code', text: '/digest setup' },
        ', or press the button to set it up here: you choose the time, your time zone and the coins, and see it before anything is posted. You need the right to manage the channel.',
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { ...SET_UP, style: 'primary' },
        { label: 'All digest commands', invocation: { command: 'help', args: { about: 'digest' } } },
      ],
    },
  ]),
};
