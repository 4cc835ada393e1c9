// A card as a Discord message (Components V2): one container with accent colour, text, picture and controls, within all limits.
import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  ComponentType,
} from 'discord.js';
import { type Block, blocksOn, type Card, type CardChart, type Tone } from '../../../app/card.ts';
import { withFittingControls } from '../../../app/control-id.ts';
import type { Pictures } from '../../draw-charts.ts';
import { ALT_TEXT, MOST_COMPONENTS, MOST_TEXT } from '../limits.ts';
import { createControls, shortLabel } from './controls.ts';
import { blockText, headText, shortenedText, type TextBlock, type TextLook } from './text.ts';

/** A picture to upload with a message. */
export type Picture = { name: string; alt: string; data: Uint8Array };

/** What a message shows. The flag for Components V2 and the ban on mentions are added by the one place that sends. */
export type Message = {
  components: APIMessageTopLevelComponent[];
  pictures: readonly Picture[];
  /** The one person whom it may ping. */
  mention?: string;
};

export type RenderOptions = TextLook & {
  /** Drawn charts; a chart without a picture is left out, its numbers are on the card anyway. */
  pictures?: Pictures;
};

const ACCENTS: Record<Tone, number> = {
  up: 0x16a34a,
  down: 0xdc2626,
  flat: 0x64748b,
  info: 0x2dd4bf,
  warn: 0xf59e0b,
  error: 0x991b1b,
};

/**
 * Renders a card. Pure.
 * @throws Error when the structure cannot fit (more than 40 components, texts that must not be cut beyond 4,000 characters).
 */
export function renderCard(whole: Card, options: RenderOptions): Message {
  const card = withFittingControls(whole);
  const blocks = blocksOn(card, 'chat');
  const controls = createControls();
  const pictures: Picture[] = [];
  const mention = card.mention !== undefined && /^\d{15,21}$/.test(card.mention) ? card.mention : undefined;
  const top = [headText(card, options), ...(mention === undefined ? [] : [`<@${mention}>`])];
  const texts = fittingTexts(card, blocks, options, top);
  const components: APIComponentInContainer[] = top.map((content) => ({ type: ComponentType.TextDisplay, content }));
  for (const block of blocks) {
    if (block.kind === 'buttons') components.push(...controls.buttons(block.buttons));
    else if (block.kind === 'menu') components.push(...controls.menu(block.placeholder, block.options));
    else if (block.kind === 'chart') components.push(...gallery(block.chart, options, pictures));
    else {
      const content = texts.get(block);
      if (content !== undefined && content.trim() !== '') components.push({ type: ComponentType.TextDisplay, content });
    }
  }
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    accent_color: ACCENTS[card.tone],
    components,
  };
  const count = countComponents([container]);
  if (count > MOST_COMPONENTS)
    throw new Error(`card "${card.kind}" has ${count} components, Discord takes ${MOST_COMPONENTS}`);
  return { components: [container], pictures, ...(mention === undefined ? {} : { mention }) };
}

/** Markup of each text block; when all together, with what stands above them, is too long, prose is shortened from the end. */
function fittingTexts(
  card: Card,
  all: readonly Block[],
  look: TextLook,
  above: readonly string[],
): Map<TextBlock, string> {
  const blocks = all.filter((block): block is TextBlock => isText(block));
  const texts = new Map(blocks.map((block) => [block, blockText(block, look)]));
  joinSmallLine(all, texts);
  let excess = [...above, ...texts.values()].reduce((sum, text) => sum + text.length, 0) - MOST_TEXT;
  for (const block of blocks.toReversed()) {
    if (excess <= 0) break;
    const full = texts.get(block) ?? '';
    if (block.kind !== 'text' && block.kind !== 'list' && block.kind !== 'table') continue;
    const short = shortenedText(block, full.length - excess, look) ?? '…';
    if (short.length >= full.length) continue;
    texts.set(block, short);
    excess -= full.length - short.length;
  }
  if (excess > 0) throw new Error(`card "${card.kind}" is ${excess} characters too long for Discord`);
  return texts;
}

/** A note right under a headline goes on in its small line. */
function joinSmallLine(blocks: readonly Block[], texts: Map<TextBlock, string>): void {
  blocks.forEach((block, index) => {
    const next = blocks[index + 1];
    if (block.kind !== 'headline' || block.detail === undefined || next?.kind !== 'note') return;
    const small = texts.get(next) ?? '';
    texts.set(block, `${texts.get(block) ?? ''} · ${small.replace(/^-# /, '')}`);
    texts.delete(next);
  });
}

function isText(block: Block): block is TextBlock {
  return block.kind !== 'chart' && block.kind !== 'buttons' && block.kind !== 'menu';
}

function gallery(chart: CardChart, options: RenderOptions, pictures: Picture[]): APIComponentInContainer[] {
  const data = options.pictures?.get(chart);
  if (data === undefined) return [];
  const name = `${pictures.length === 0 ? '' : `${pictures.length}-`}${chart.fileName
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .slice(-60)}`;
  const alt = shortLabel(chart.alt, ALT_TEXT);
  pictures.push({ name, alt, data });
  return [{ type: ComponentType.MediaGallery, items: [{ media: { url: `attachment://${name}` }, description: alt }] }];
}

/** The same message for places where pictures are forbidden. */
export function withoutPictures(message: Message): Message {
  const components = message.components.map((component) =>
    component.type === ComponentType.Container
      ? { ...component, components: component.components.filter((inner) => inner.type !== ComponentType.MediaGallery) }
      : component,
  );
  return { ...message, components, pictures: [] };
}

/** Every component counts, also those inside containers, rows and sections. */
export function countComponents(components: readonly unknown[]): number {
  return components.reduce<number>((sum, component) => {
    const { components: inner = [], accessory } = component as { components?: unknown[]; accessory?: unknown };
    return sum + 1 + countComponents(inner) + (accessory === undefined ? 0 : 1);
  }, 0);
}
