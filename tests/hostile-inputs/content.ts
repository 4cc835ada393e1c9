// Hostile or broken texts of the content, controls that were tampered with, and the tests that try them.
import type { Tried } from './place.ts';

const LOAD = 'content/load.test.ts';
const PLANTED = 'every planted problem is reported at once';
const CONTROLS = 'bots/discord/receive/controls.test.ts';
const TEXT = 'bots/discord/render/text.test.ts';

export const CONTENT: readonly Tried[] = [
  ['an answer with pings', TEXT, 'never pings, links elsewhere, leaves marks open or starts a line of its own'],
  ['an answer with links to other hosts', TEXT, 'allows listed hosts with their subdomains'],
  ['an answer with a link that is no https address', LOAD, PLANTED],
  ['an answer that is too long, or hides characters', LOAD, PLANTED],
  ['front matter that holds code or names of prototypes', LOAD, 'front matter of code and foreign names does nothing'],
  [
    'fields and texts beyond the limits of a platform',
    'bots/discord/render/render.test.ts',
    'shortens prose from the end, visibly, and keeps what must stay',
  ],
  ['the same, on Slack', 'bots/slack/hostile.test.ts', 'never breaks a limit and never pings, whatever a card says'],
  ['aliases that double, a billion laughs', 'content/oversized.test.ts', '%s are refused before anything walks them'],
  [
    'quotes in quotes, endless text',
    'content/oversized.test.ts',
    'a body of %s is refused as too long, or as what it is, with the name of its file',
  ],
  ['a question that looks like a pattern', 'faq/search.test.ts', 'any text gives the same result twice'],
  ['code fences and quotes that are never closed', 'bots/discord/hostile.test.ts', '%s'],
  ['placeholders that do not exist', LOAD, PLANTED],
  [
    'a value that looks like a placeholder or markup',
    'content/fill-placeholders.test.ts',
    'a value is text: it cannot become a placeholder or markup',
  ],
  ['HTML in answers and questions', 'web/web.test.ts', 'stays text: %s'],
  [
    'two files for one place',
    'content/conflicts.test.ts',
    'a new coin that takes a place and questions of an older one is at fault',
  ],
  ['controls that were changed on their way', CONTROLS, 'an unknown control is refused quietly: %j'],
  [
    'arguments of controls that do not fit',
    'app/input/arguments.test.ts',
    'round-trips every control and refuses what does not fit',
  ],
  [
    'fields of a Slack payload that were changed',
    'bots/slack/receive/signed-requests.test.ts',
    'survives anything that is validly signed',
  ],
  ['a button of somebody else', 'bots/pressed-alerts.test.ts', 'nothing happens when somebody else presses'],
  ['a button that only managers may press', CONTROLS, 'come from the interaction itself'],
  [
    'a button after the rights were lost',
    'bots/discord/rights.test.ts',
    'is decided again in the channel of the digest when a draft is confirmed',
  ],
  [
    'the same, on Slack',
    'bots/slack/auth/admins.test.ts',
    'asks only for commands that need it, once a minute, and notices lost rights, whatever the wall clock does',
  ],
  [
    'texts that ask to be told secrets',
    'canaries/chats.test.ts',
    'answers that say what failed, and answers that the platform refuses',
  ],
];
