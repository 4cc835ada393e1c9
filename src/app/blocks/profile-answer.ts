// Questions about a profiled coin ("who founded near", "max supply of render"), answered from its profile.
import type { Card } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { date } from '../../format/dates.ts';
import { withLiveValues } from '../bittensor/live-values.ts';
import { proseBlocks, sourceNote, sourceSpans } from './prose.ts';
import type { Coin, SectionId } from '../../content/schema.ts';

type Topic = { facts: readonly string[]; section?: SectionId };

const FOUNDERS: Topic = { facts: ['founders', 'organisation'] };
const START: Topic = { facts: ['founded', 'live-since'] };
const SUPPLY: Topic = { facts: ['max-supply'] };
const CONSENSUS: Topic = { facts: ['consensus', 'chain'] };
const WHAT: Topic = { facts: [], section: 'what' };

/** Whole questions only: "{coin}" must be a coin's own name, so that "who created the subnet" is left to the FAQ. */
const PATTERNS: readonly [RegExp, Topic][] = [
  [/^who (?:founded|created|made|started|built|invented|is behind|are behind) (.+)$/, FOUNDERS],
  [/^(?:who (?:is|are|was|were) the )?(?:founders?|creators?|inventors?|team) (?:of|behind) (.+)$/, FOUNDERS],
  [/^(.+?) (?:founders?|creators?|inventors?)$/, FOUNDERS],
  [/^when (?:was|did) (.+?) (?:founded|start|started|launch|launched|created|go live|begin)$/, START],
  [/^(.+?) (?:launch date|founding date)$/, START],
  [/^(?:what is the )?(?:max(?:imum)?|total) supply (?:of|for) (.+)$/, SUPPLY],
  [/^(.+?) (?:max(?:imum)?|total) supply$/, SUPPLY],
  [/^how many (.+?) (?:coins |tokens )?(?:will|can) (?:ever )?(?:exist|there be)$/, SUPPLY],
  [/^(?:does|has|is there) (.+?) (?:have )?(?:a )?(?:max(?:imum)? supply|supply cap|hard cap)$/, SUPPLY],
  [/^what (?:consensus|chain|blockchain) (?:does|is) (.+?)(?: use| on| run on)?$/, CONSENSUS],
  [/^(.+?) consensus$/, CONSENSUS],
  [/^how does (.+?) work$/, { facts: [], section: 'how-it-works' }],
  [/^what (?:are|is) (?:the )?(?:use cases?|uses) (?:of|for) (.+)$/, { facts: [], section: 'use-cases' }],
  [
    /^(?:what (?:are|is) (?:the )?)?(?:criticisms?|tradeoffs|risks) (?:of|with) (.+)$/,
    { facts: [], section: 'tradeoffs' },
  ],
  // Last, because most questions begin so.
  [/^(?:what is|tell me about|explain|info on) (.+)$/, WHAT],
  [/^what (?:does|do) (.+?) do$/, WHAT],
];

/** The FAQ's own coin: its questions belong to the FAQ, which says more. */
const FAQ_COIN = 'bittensor';

/** A card from a profile, or null when the text is not clearly such a question. */
export async function profileAnswer(text: string, context: CommandContext): Promise<Card | null> {
  if (text.length > 120) return null;
  const line = text
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[?!.\s]+$/, '')
    .replace(/^(?:hey|hi|hello|so|ok)[,!]?\s+/, '')
    .replace(/^who'?s /, 'who is ')
    .replace(/^what'?s /, 'what is ')
    .trim();
  for (const [pattern, topic] of PATTERNS) {
    const named = pattern.exec(line)?.[1];
    const profile = named === undefined ? undefined : profileOf(named, context);
    if (profile !== undefined) return await topicCard(profile, topic, context);
  }
  return null;
}

function profileOf(named: string, context: CommandContext): Coin | undefined {
  const bare = named
    .replace(/^(?:the|\$)\s*/, '')
    .replace(/ (?:protocol|network|coin|token|project|crypto)$/, '')
    .replace(/'s$/, '');
  const found = context.services.content.index().resolve(bare);
  return found.kind === 'exact' && found.coin.id !== FAQ_COIN
    ? context.services.content.coins.get(found.coin.id)
    : undefined;
}

async function topicCard(profile: Coin, topic: Topic, context: CommandContext): Promise<Card | null> {
  const section = profile.sections.find((candidate) => candidate.id === topic.section);
  const facts = profile.facts.filter((fact) => topic.facts.includes(fact.id));
  if (section === undefined && facts.length === 0) return null;
  const asOf = facts.map((fact) => fact.asOf).toSorted()[0] ?? profile.reviewed;
  const sources = [...new Set(facts.flatMap((fact) => fact.sources))].flatMap((tag) => profile.sources[tag] ?? []);
  const paragraphs = await withLiveValues(section?.paragraphs ?? [], context);
  const note = section === undefined ? null : sourceNote(paragraphs, profile);
  return {
    kind: 'faq',
    outcome: 'ok',
    tone: 'info',
    title: `${profile.name} (${profile.symbol})`,
    blocks: [
      ...(facts.length === 0
        ? []
        : [{ kind: 'fields', fields: facts.map((fact) => ({ label: fact.label, value: [fact.value] })) } as const]),
      ...(section === undefined ? [] : [{ kind: 'heading', text: section.title } as const, ...proseBlocks(paragraphs)]),
      ...(note === null ? [] : [note]),
      {
        kind: 'note',
        spans: [
          ...(sources.length === 0 ? [] : [...sourceSpans(sources), ' · ']),
          `as of ${date(Date.parse(asOf), context.request.locale)}`,
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: `${profile.symbol} card`, invocation: { command: 'coin', args: { coin: `id:${profile.id}` } } },
        ],
      },
    ],
  };
}
