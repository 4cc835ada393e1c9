// From a card to the exact message that Slack gets: blocks within Slack's limits and a complete text for those who hear it.
import type { Card } from '../../../app/card.ts';
import { LONGEST_BLOCKS, LONGEST_SECTION, MOST_BLOCKS } from '../limits.ts';
import { context, section, type SlackBlock } from './blocks.ts';
import { type Draft, draft, type DraftOptions, type DraftPart } from './draft.ts';
import { cutSpans, spansText } from './text.ts';

/**
 * What every outgoing message carries. Nothing in it can ping (`link_names`, `parse`) and no link unfolds.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
export type SlackMessage = {
  text: string;
  blocks: SlackBlock[];
  parse: 'none';
  link_names: false;
  unfurl_links: false;
  unfurl_media: false;
};

/** Where a picture can be had: an address for everybody, or a file of the workspace. */
export type Picture = { image_url: string } | { slack_file: { id: string } };

/** `modern`: the workspace takes `data_visualization` and `data_table`. `pictures`: by index of the chart; without one its words stand alone. */
export type Form = { modern: boolean; pictures: ReadonlyMap<number, Picture> };

export type RenderOptions = Partial<DraftOptions> & Partial<Form>;

const NATIVE: Form = { modern: true, pictures: new Map() };
/** Prose is never cut below this; a message that still does not fit is our bug. */
const SHORTEST_PROSE = 120;

/** The message as a workspace with all of Slack's blocks gets it. */
export function renderCard(card: Card, options: RenderOptions = {}): SlackMessage {
  return settle(draft(card, options), { ...NATIVE, ...options });
}

/**
 * Fills the open slots and shortens prose until everything fits.
 * @throws Error when the structure itself is too large: a card is being built that Slack cannot carry.
 */
export function settle({ text, parts }: Draft, form: Form): SlackMessage {
  const blocks = shorten(parts, form);
  if (blocks.length > MOST_BLOCKS) throw new Error(`a card of ${blocks.length} blocks does not fit Slack`);
  return { ...frame(text), blocks };
}

/** The fields around blocks that keep a message from pinging and unfurling. */
export function frame(text: string): Omit<SlackMessage, 'blocks'> {
  return { text, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
}

function shorten(parts: readonly DraftPart[], form: Form): SlackBlock[] {
  let longest = LONGEST_SECTION;
  for (;;) {
    const blocks = parts.flatMap((part) => blocksOf(part, form, longest));
    const size = JSON.stringify(blocks).length;
    if (size <= LONGEST_BLOCKS) return blocks;
    if (longest <= SHORTEST_PROSE) throw new Error(`a card of ${size} characters of blocks does not fit Slack`);
    longest = Math.max(SHORTEST_PROSE, Math.floor(longest * 0.75));
  }
}

function blocksOf(part: DraftPart, form: Form, longest: number): SlackBlock[] {
  switch (part.type) {
    case 'fixed':
      return [part.block];
    case 'prose': {
      const spans = cutSpans(part.spans, longest);
      return [part.form === 'section' ? section(spansText(spans)) : context(spans)];
    }
    case 'table':
      return [form.modern && part.native !== null ? part.native : part.lines];
    case 'chart': {
      if (form.modern && part.native !== null) return [part.native]; // its words stand in the text of the message
      const picture = form.pictures.get(part.picture);
      if (picture === undefined) return [context([part.alt])];
      return [
        {
          type: 'image',
          ...picture,
          alt_text: part.alt || part.title,
          title: { type: 'plain_text', text: part.title || 'Chart', emoji: false },
        },
      ];
    }
  }
}
