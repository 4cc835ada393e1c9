// The parts of a coin's profile that a card can show: what it is, how it works, use cases, tradeoffs and its questions.
import type { Block } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { withLiveValues } from '../bittensor/live-values.ts';
import { proseBlocks, sourceNote, sourceSpans } from '../blocks/prose.ts';
import type { Range } from '../../base/ranges.ts';
import type { Coin } from '../../content/schema.ts';
import type { CoinRef } from '../../market/market.ts';

export const SECTIONS = ['what', 'how-it-works', 'use-cases', 'tradeoffs', 'faq'] as const;
export type Section = (typeof SECTIONS)[number];
export const SECTION_LABELS: Record<Section, string> = {
  what: 'What it is',
  'how-it-works': 'How it works',
  'use-cases': 'Use cases',
  tradeoffs: 'Tradeoffs',
  faq: 'FAQ',
};
/** Facts on the card itself; the web page shows all. */
const CARD_FACTS = ['live-since', 'founders', 'consensus', 'max-supply'];

/** What a coin card shows, as its controls carry it. */
export type State = {
  coin: CoinRef;
  others: readonly CoinRef[];
  currency: string;
  range: Range;
  /** Null: the figures. */
  section: Section | null;
  /** Index of the coin's own question whose answer is shown in the FAQ section; −1: none. */
  question: number;
  given: Readonly<Record<string, string>>;
  /** What became of the ticker that was typed, or null. */
  renamed: string | null;
};

/** The chosen section in blocks: placeholders filled, sources named. */
export async function sectionBlocks(
  { section, question }: Pick<State, 'section' | 'question'>,
  profile: Coin,
  context: CommandContext,
): Promise<Block[]> {
  if (section === 'faq') {
    const answer = await ownAnswer(profile, question, context);
    if (answer.length > 0) return answer;
    const questions = coinQuestions(profile, context).map(({ text }) => [text]);
    return [
      { kind: 'heading', text: 'Common questions' },
      { kind: 'list', items: questions },
    ];
  }
  const part = profile.sections.find((candidate) => candidate.id === section);
  if (part === undefined) return [];
  const paragraphs = await withLiveValues(section === 'what' ? part.paragraphs.slice(0, 1) : part.paragraphs, context);
  if (section === 'what')
    return [
      { kind: 'text', spans: [{ kind: 'bold', text: profile.tagline }] },
      ...proseBlocks(paragraphs),
      factsBlock(profile),
    ];
  const sources = sourceNote(paragraphs, profile);
  return [{ kind: 'heading', text: part.title }, ...proseBlocks(paragraphs), ...(sources === null ? [] : [sources])];
}

/** A question that people who look at the coin may have: `entry` is one of the FAQ, `own` one of the profile. */
export type CoinQuestion = { text: string } & ({ entry: string } | { own: number });

/** All questions of a coin, those of the FAQ first. */
export function coinQuestions(profile: Coin, { services }: Pick<CommandContext, 'services'>): CoinQuestion[] {
  return [
    ...profile.faq.flatMap((entry) => {
      const text = services.content.faq.get(entry)?.question;
      return text === undefined ? [] : [{ text, entry }];
    }),
    ...profile.questions.map(({ question: text }, own) => ({ text, own })),
  ];
}

/** Empty when the coin has no such question. */
async function ownAnswer(profile: Coin, index: number, context: CommandContext): Promise<Block[]> {
  const found = profile.questions[index];
  if (found === undefined) return [];
  const sources = found.sources.flatMap((tag) => profile.sources[tag] ?? []);
  return [
    { kind: 'heading', text: found.question },
    ...proseBlocks(await withLiveValues(found.answer, context)),
    ...(sources.length === 0 ? [] : [{ kind: 'note', spans: sourceSpans(sources) } as const]),
  ];
}

function factsBlock(profile: Coin): Block {
  const facts = profile.facts.filter((fact) => CARD_FACTS.includes(fact.id));
  return { kind: 'fields', fields: facts.map((fact) => ({ label: fact.label, value: [fact.value] })) };
}
