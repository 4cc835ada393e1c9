// Forged, repeated and broken requests, events and connections, and the tests that try them.
import type { Tried } from './place.ts';

const CHECK = 'bots/slack/receive/request-check.test.ts';
const NO_EFFECT = '%s: %i and no effect';
const STRANGE = 'bots/discord/receive/strange-events.test.ts';

export const REQUESTS: readonly Tried[] = [
  ['signatures that are missing, short, of another version or in capitals', CHECK, NO_EFFECT],
  ['a signed request of five minutes ago', CHECK, NO_EFFECT],
  ['a signed request of tomorrow', CHECK, NO_EFFECT],
  [
    'one signed request three times',
    CHECK,
    'acts once on a replayed request, takes retries of unseen events and content types with a charset',
  ],
  [
    'an event inside an unsigned check of the certificate',
    CHECK,
    'answers unsigned ssl_check probes without running what is smuggled in',
  ],
  ['such a check with other values', CHECK, NO_EFFECT],
  ['signed JSON that is no object', CHECK, NO_EFFECT],
  ['bodies of megabytes and of endless depth', CHECK, 'a body that is too large is not read to its end: %s'],
  [
    'names of prototypes in a body',
    'bots/slack/receive/signed-requests.test.ts',
    'survives anything that is validly signed',
  ],
  ['a body that is sent a byte at a time', CHECK, 'answers others while one sends its body slowly'],
  ['an answer that is never read', 'web/slow-visitors.test.ts', 'an answer that nobody reads: closed before it is out'],
  [
    'hundreds of connections that stay open',
    'web/slow-visitors.test.ts',
    'more connections than the most are refused, not kept waiting',
  ],
  ['a head with two hosts', 'web/host-header.test.ts', 'a Host header, %s'],
  [
    'so many headers that the proxy’s is not read',
    'web/client-address.test.ts',
    'refuses a head in which so many headers stand before the proxy’s that it would not be read',
  ],
  ['another content type', CHECK, NO_EFFECT],
  [
    'a repetition of an event that was never seen',
    CHECK,
    'acts once on a replayed request, takes retries of unseen events and content types with a charset',
  ],
  [
    'messages of the bot itself and of other bots',
    'bots/slack/receive/seen-events.test.ts',
    'ignores bots, itself and edits',
  ],
  [
    'the same, on Discord',
    'bots/discord/commands.test.ts',
    'a reply to the bot is a question, a plain message is not, and bots never get an answer',
  ],
  [
    'an address for answers that is not Slack’s',
    'bots/slack/receive/signed-requests.test.ts',
    'calls no other host than Slack for a response',
  ],
  ['frames of the gateway that are no events', STRANGE, 'garbage is ignored'],
  [
    'events without a member, a channel, data or a message, or with something else there',
    STRANGE,
    'an event whose member, user, channel, data and message are %s ends nothing',
  ],
  [
    'controls and commands of an unknown kind',
    STRANGE,
    'a control or command that is not understood says so to the person, and autocomplete has no choices',
  ],
  [
    'hundreds of questions in one request of an assistant',
    'web/mcp/mcp.test.ts',
    'counts each message of a batch, so that one request does not ask for hundreds of charts',
  ],
  [
    'names that every JavaScript object has, as tools of an assistant',
    'web/mcp/messages.test.ts',
    'there is no tool %s',
  ],
  [
    'a cancelled question of an assistant',
    'web/mcp/messages.test.ts',
    'a cancellation %s its question in one request does not leave the asker waiting',
  ],
  [
    'a large body before the request of somebody else on one connection',
    'web/early-answers.test.ts',
    'a body that is too large for %s, and another visitor after it',
  ],
  [
    'frames of a socket that are no envelopes',
    'bots/slack/life.test.ts',
    'is not confused by frames that are no envelopes',
  ],
  [
    'servers that are only out of reach',
    'bots/discord/receive/places.test.ts',
    'ends nothing where a server is only out of reach, or another channel is deleted',
  ],
  [
    'events for an organisation or a shared channel',
    'bots/slack/auth/install.test.ts',
    'answers a channel that another company shares with the token of the one that installed it',
  ],
  ['a forged state of an installation', 'bots/slack/auth/install.test.ts', 'refuses a forged state'],
  [
    'metrics without their token',
    'web/metrics.test.ts',
    'with a token: 401 without it, with another and with a longer one, the figures with it; everything else is open',
  ],
  [
    'words of people as labels of metrics',
    'deploy/metrics.test.ts',
    'whatever people ask for, labels hold words of ours only',
  ],
  [
    'a forwarded address that nobody vouches for',
    'web/client-address.test.ts',
    'does not look at the header of anybody else',
  ],
  ['paths of an API that do not exist', 'web/subnets/api.test.ts', '%s is a 404 in JSON'],
  ['a way round the token of the figures', 'web/metrics.test.ts', 'no way round the token: %s'],
];
