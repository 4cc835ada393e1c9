// What the bot says, as plain data: renderers turn it into Discord, Slack, terminal and web messages.
import type { Canvas, Theme } from '../charts/spec.ts';
import type { Change, Direction } from '../format/numbers.ts';

export type { Canvas };

/** A run of text. Strings are literal (never markup); everything with a meaning is a node, so no outside text can become a link or a ping. */
export type Span =
  | string
  | { kind: 'bold'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  /** A channel of the platform that the card is for. `text` is the words for places that cannot show its name. */
  | { kind: 'channel'; id: string; text: string }
  /** A moment (`at`: epoch ms). `text` is the words for platforms that cannot render moments themselves. */
  | { kind: 'time'; at: number; style: 'relative' | 'date' | 'datetime'; text: string };

export type Field = { label: string; value: readonly Span[] };

/** What a control asks for when it is pressed: an ordinary request, so there is no second registry of handlers. */
export type Invocation = { command: string; args: Readonly<Record<string, string>> };

/** An argument of every command: the answer goes to whoever pressed, beside a post that stays as everybody reads it. */
export const ASIDE = { aside: '1' } as const;

/** `short`: a sign for places where five buttons share a row on a phone. */
export type Button = {
  label: string;
  short?: string;
  invocation: Invocation;
  active?: boolean;
  style?: 'primary' | 'danger';
};

export type MenuOption = { label: string; description?: string; invocation: Invocation };

/**
 * A chart: the series for platforms that draw themselves, alt text for those who cannot see it, and a PNG that is drawn on demand.
 * `points`: [epoch ms, value], ascending. `path`: where the web server serves the same picture. `png` is absent from JSON.
 */
export type CardChart = {
  title: string;
  alt: string;
  fileName: string;
  path?: string;
  unit: { currency: string } | { percent: true };
  series: readonly { label: string; points: readonly (readonly [number, number])[] }[];
  png?: (theme: Theme, canvas?: Canvas) => Promise<Uint8Array>;
};

export type Column = { label: string; numeric?: boolean };

/** A chat shows what fits a thumb, a page (web, terminal) all there is. */
export type Surface = 'chat' | 'page';

/** `on`: the one surface that shows the block; both without it. */
export type Block = { on?: Surface } & (
  | { kind: 'headline'; value: string; change?: Change; detail?: string }
  | { kind: 'text'; spans: readonly Span[] }
  | { kind: 'heading'; text: string }
  | { kind: 'fields'; fields: readonly Field[] }
  /** `plain`: lines that need no bullets. */
  | { kind: 'list'; items: readonly (readonly Span[])[]; plain?: true }
  | { kind: 'table'; caption: string; columns: readonly Column[]; rows: readonly (readonly (readonly Span[])[])[] }
  | { kind: 'chart'; chart: CardChart }
  /** A small line: source, age, cautions. */
  | { kind: 'note'; spans: readonly Span[] }
  | { kind: 'buttons'; buttons: readonly Button[] }
  /** `beside: 'headline'`: a platform with overflow menus hangs the first options there. */
  | { kind: 'menu'; placeholder: string; options: readonly MenuOption[]; beside?: 'headline' }
);

/** `ok` and `unsure` are answers; the others are errors for exit codes and logs. */
export type Outcome = 'ok' | 'unsure' | 'not-found' | 'invalid' | 'refused' | 'unavailable' | 'error';

export type Tone = Direction | 'info' | 'warn' | 'error';

/** One answer. `kind` names the sort of card ("coin", "faq", …); `private` asks the platform to show it to the asker only. */
export type Card = {
  kind: string;
  outcome: Outcome;
  tone: Tone;
  title: string;
  titleHref?: string;
  subtitle?: string;
  blocks: readonly Block[];
  private?: boolean;
  /** The id of the one person whom the message may ping; everybody else's mention stays text. */
  mention?: string;
};

/** The blocks that a surface shows, in order. */
export function blocksOn(card: Card, surface: Surface): Block[] {
  return card.blocks.filter(({ on }) => on === undefined || on === surface);
}

/** The blocks of a group, for one surface alone. */
export function shownOn(surface: Surface, blocks: readonly Block[]): Block[] {
  return blocks.map((block) => ({ ...block, on: surface }));
}

/** True for cards that end a one-shot question with exit code 1. */
export function isErrorCard(card: Card): boolean {
  return card.outcome !== 'ok' && card.outcome !== 'unsure';
}

/** The kind of the cards for "thanks" and "lol". */
export const SMALL_TALK = 'small-talk';

/** True for answers that nobody waits for: in a conversation between people nothing is posted for "thanks!" or "lol". */
export function needsNoAnswer(card: Card): boolean {
  return card.kind === SMALL_TALK;
}

/** The words of spans without any markup. */
export function spanText(spans: readonly Span[]): string {
  return spans.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}
