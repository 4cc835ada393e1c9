// Names that other people choose, of coins, subnets, channels and threads, and the tests that try them.
import type { Tried } from './place.ts';

const CARDS = 'hostile-names/cards.test.ts';
const PAGES = 'hostile-names/pages.test.ts';

export const NAMES: readonly Tried[] = [
  ['names on Discord', CARDS, 'Discord: nothing pings, links elsewhere or is left open, and the message fits'],
  ['names on Slack', CARDS, 'Slack: nothing pings or links elsewhere, no mark acts, and the blocks fit'],
  [
    'names in the terminal, escape codes among them',
    CARDS,
    'terminal and plain words: no control character but those of the colours, nothing hidden',
  ],
  [
    'names for assistants, among choices and beside the bot’s own',
    CARDS,
    'assistants, choices and the lines beside a name: nothing hidden, something to read',
  ],
  ['names of nothing that can be seen', CARDS, 'titles and labels can be read'],
  [
    'names in Hebrew and Arabic before columns of figures',
    CARDS,
    'columns of a table keep their order behind a name that is written from right to left',
  ],
  ['names in pictures', CARDS, 'pictures are drawn for every name'],
  [
    'names on pages, as elements and attributes',
    PAGES,
    'pages have no element and no attribute that ours have not, nothing hidden, and no address of theirs',
  ],
  ['names in figures and logs', PAGES, 'figures and logs do not name them'],
  ['names of channels and threads', 'hostile-names/channels.test.ts', 'a thread, a channel and a voice channel'],
  ['names of Slack channels', 'hostile-names/channels.test.ts', 'a channel that we are not in'],
  ['names that are what other people say', 'app/reader/subnet-names.test.ts', '%s'],
];
