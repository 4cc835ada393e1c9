// The Home tab: how to start, the price with its age, the digests that this person may manage, and the coin search.
import { LRUCache } from 'lru-cache';
import { atMost } from '../../../base/cache/at-most.ts';
import type { Card, Invocation } from '../../../app/card.ts';
import { OWN_WELCOME_CARD } from '../../../app/welcome-card.ts';
import type { Log } from '../../../base/log.ts';
import type { Admins } from '../auth/admins.ts';
import type { Workspaces } from '../auth/workspaces.ts';
import { MOST_VIEW_BLOCKS } from '../limits.ts';
import { SUGGESTED_PROMPTS } from '../manifest.ts';
import { codeOf } from '../outcomes.ts';
import { context, section, type SlackBlock } from '../render/blocks.ts';
import { buttonBlocks, coinSearchBlock, createNumbering } from '../render/controls.ts';
import { draft, type DraftOptions } from '../render/draft.ts';
import { settle } from '../render/render.ts';
import { picturesByAddress } from '../send/pictures.ts';
import type { Repeat } from '../send/repeat.ts';
import { publishHome } from '../send/web-api.ts';
import type { Answer } from './answer.ts';
import { keyOf, type SeenEvents } from './seen-events.ts';

/** Digests of a workspace as a card for this person; null when there is nothing to show. */
export type DigestsOf = (tenant: string, user: { id: string; canManage: boolean }) => Promise<Card | null>;

export type HomeOptions = {
  workspaces: Workspaces;
  answer: Answer;
  admins: Admins;
  repeat: Repeat;
  digestsOf?: DigestsOf | undefined;
  /** Remembers for a week who was greeted, as a one-way hash of workspace and person. */
  seenEvents: SeenEvents;
  look: Pick<DraftOptions, 'locale' | 'timeZone'>;
  publicUrl: string | null;
  log: Log;
  now: () => number;
  monotonic: () => number;
};

export type Home = {
  /** Publishes the tab when somebody opened it, with a greeting at the first visit; within some seconds the last one stands. */
  open(tenant: string, user: string): Promise<void>;
  /** Publishes the tab; `shown`: an answer to something pressed on it. */
  publish(tenant: string, user: string, shown?: Card): Promise<void>;
  suggest(tenant: string, channel: string): Promise<void>;
};

const START: Invocation = { command: 'price', args: { coins: 'tao' } };
/** People go to and fro between tabs: the tab keeps to the pace of the core's cool-down by itself, so it never shows "One moment". */
const OPEN_EVERY_MS = 3500;
const MOST_OPEN = 5000;

export function createHome(options: HomeOptions): Home {
  const { workspaces, repeat, log, monotonic } = options;
  const opened = new LRUCache<string, true>({
    ...atMost(MOST_OPEN),
    ttl: OPEN_EVERY_MS,
    ttlResolution: 0,
    perf: { now: monotonic },
  });
  const show = async (tenant: string, user: string, top: SlackBlock[]) => {
    const client = await workspaces.client(tenant, 'reply');
    if (client === null) return;
    const blocks = await homeBlocks(tenant, user, top, options);
    const outcome = await repeat({ channel: null, twiceIsHarmless: true }, () => publishHome(client, user, blocks));
    if (outcome.kind !== 'sent') log.warn({ code: outcome.code }, 'the Home tab could not be published');
  };
  return {
    publish: (tenant, user, shown) =>
      show(tenant, user, [
        ...(shown === undefined ? [] : [...cardBlocks(shown, options), { type: 'divider' }]),
        ...introduction(),
      ]),
    async open(tenant, user) {
      const person = `${tenant} ${user}`;
      if (opened.has(person)) return;
      opened.set(person, true);
      const first = await options.seenEvents.first([`home:${keyOf(`greeted ${person}`)}`]);
      await show(tenant, user, first ? cardBlocks(OWN_WELCOME_CARD, options) : introduction());
    },
    async suggest(tenant, channel) {
      const client = await workspaces.client(tenant, 'reply');
      await client?.assistant.threads
        .setSuggestedPrompts({ channel_id: channel, title: 'Ask about Bittensor', prompts: SUGGESTED_PROMPTS })
        .catch((error: unknown) => log.info({ code: codeOf(error) }, 'suggested prompts were not taken'));
    },
  };
}

/** What the tab shows by itself must not use up the questions of the person who looks at it. */
function onBehalfOf(user: string, part: 'price' | 'digests'): string {
  return `${user}:home-${part}`;
}

async function homeBlocks(
  tenant: string,
  user: string,
  top: SlackBlock[],
  options: HomeOptions,
): Promise<SlackBlock[]> {
  const { answer, admins, digestsOf, log } = options;
  const canManage = await admins.mayManage(tenant, user, user);
  const [price, digests] = await Promise.all([
    answer.card(START, { tenant, channel: user, user }, 'control', onBehalfOf(user, 'price')),
    // Members see the digests of a channel in that channel; a list of none would be wrong here.
    (canManage ? digestsOf?.(tenant, { id: onBehalfOf(user, 'digests'), canManage }) : undefined)?.catch(
      (error: unknown) => {
        log.warn({ err: error }, 'digests for the Home tab cannot be read');
        return null;
      },
    ) ?? null,
  ]);
  const parts = [
    top,
    cardBlocks(price, options),
    [coinSearchBlock(), { type: 'divider' }],
    digests === null ? howToDigest(canManage) : cardBlocks(digests, options),
  ];
  return renumbered(parts.flat()).slice(0, MOST_VIEW_BLOCKS);
}

/** Native charts are for messages; here a chart is its picture, or its words. */
function cardBlocks(card: Card, { look, publicUrl, now }: HomeOptions): SlackBlock[] {
  const drawn = draft(card, { ...look, search: false });
  return settle(drawn, { modern: false, pictures: picturesByAddress(drawn, publicUrl, now()) }).blocks;
}

function introduction(): SlackBlock[] {
  const buttons = [
    { label: 'TAO card', invocation: { command: 'coin', args: { coin: 'tao' } }, style: 'primary' as const },
    { label: 'FAQ', invocation: { command: 'faq', args: {} } },
    { label: 'Network', invocation: { command: 'network', args: {} } },
    { label: 'All commands', invocation: { command: 'help', args: {} } },
  ];
  return [
    section(
      '*Ask me about TAO and other coins*\nType `/coin tao` in any channel, mention me in a thread, or write in the Messages tab: “price tao near”, “when is the next halving?”',
    ),
    ...buttonBlocks(buttons, createNumbering()),
  ];
}

function howToDigest(canManage: boolean): SlackBlock[] {
  const how = 'A daily digest for a channel: type `/digest setup` there; `/digest list` shows those of a channel.';
  return [
    section('*Daily digests*'),
    context([canManage ? how : `${how} Channel creators and workspace admins can do that.`]),
  ];
}

/**
 * Cards count their controls each from zero. Slack wants ids to differ within a block
 * (https://docs.slack.dev/reference/block-kit/block-elements/button-element); in one view all of them do.
 */
function renumbered(blocks: readonly SlackBlock[]): SlackBlock[] {
  const numbering = createNumbering();
  const own = (element: Record<string, unknown>) =>
    element['type'] === 'external_select' ? element : { ...element, action_id: numbering.next() };
  return blocks.map((block) => {
    const accessory = block['accessory'] as Record<string, unknown> | undefined;
    if (accessory !== undefined) return { ...block, accessory: own(accessory) };
    if (!Array.isArray(block['elements']) || block.type !== 'actions') return block;
    return { ...block, elements: (block['elements'] as Record<string, unknown>[]).map(own) };
  });
}
