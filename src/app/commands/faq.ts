// `/faq`: a sourced, dated answer — or an honest "not sure" with the nearest questions.
import type { Block, Button, Card, Span } from '../card.ts';
import { type CommandContext, defineCommand, tenantKey } from '../command.ts';
import { messageCard } from '../error-card.ts';
import { date } from '../../format/dates.ts';
import { withLiveValues } from '../bittensor/live-values.ts';
import { dangerIn, withFirstAid } from '../blocks/danger.ts';
import { englishOnly } from '../blocks/english-only.ts';
import { profileAnswer } from '../blocks/profile-answer.ts';
import { cardSpans, sourceSpans } from '../blocks/prose.ts';
import { asksForPrediction } from '../reader/wishes/predictions.ts';
import { askedSubnet } from '../reader/subnets.ts';
import { readable, tokenise } from '../reader/tokens.ts';
import { vocabularyOf } from '../reader/vocabulary.ts';
import { subnetAnswer, subnetView } from '../subnets/card.ts';
import { subnetWithin, withSubnet } from '../subnets/in-question.ts';
import { CAN_DO, TALK_CARDS, WORDLESS } from '../talk-cards.ts';
import type { FaqEntry } from '../../content/schema.ts';
import type { FaqResult } from '../../faq/search.ts';
import { QUESTION_KINDS, type QuestionKind, questionKind } from '../question-kind.ts';
import { looksPrivate } from '../private-text.ts';

export const faq = defineCommand({
  name: 'faq',
  summary: 'Answer a question about Bittensor, with source and date',
  example: '/faq when is the next halving?',
  args: {
    question: { type: 'text', description: 'Your question in your own words', rest: true, autocomplete: true },
    id: { type: 'text', description: 'Entry of the FAQ', hidden: true },
    vote: { type: 'choice', description: 'Was it useful?', choices: ['yes', 'no', 'wrong', 'other'], hidden: true },
    kind: { type: 'choice', description: 'What sort of question it answers', choices: QUESTION_KINDS, hidden: true },
    by: { type: 'text', description: 'Who asked', hidden: true },
  },
  async run(args, context) {
    const { services } = context;
    if (args.id !== undefined) {
      const entry = services.content.faq.get(args.id);
      if (entry === undefined)
        return messageCard(
          'faq',
          'not-found',
          'No such question',
          'That question is not in the FAQ any more. Ask in your own words and I will look.',
        );
      if (args.vote === 'other' && !(await mayTakeBack(args.by, context))) return NOT_YOURS;
      if (args.vote === undefined) remember(entry, context);
      else count(args.vote, args.kind ?? 'other', entry, context);
      return args.vote === 'other' ? TAKEN_BACK : await answerCard(entry, context, { vote: args.vote });
    }
    if (args.question === undefined) return 'question' in context.request.args ? WORDLESS : topics(context);
    const [tokens, vocabulary] = [tokenise(readable(args.question)), vocabularyOf(services)];
    if (asksForPrediction(tokens, vocabulary)) return TALK_CARDS.prediction;
    const subnet = askedSubnet(tokens, vocabulary);
    if (subnet !== null) return await subnetAnswer(subnet, subnetView(context), context);
    const about = subnetWithin(args.question);
    const withIt = (card: Card): Card => (about === null ? card : withSubnet(card, about.netuid, services));
    const profile = await profileAnswer(args.question, context);
    if (profile !== null) return profile;
    const warning = services.content.faq.get(dangerIn(args.question) ?? '');
    if (warning !== undefined) {
      remember(warning, context);
      return withFirstAid(await answerCard(warning, context, {}), args.question);
    }
    const search = await services.content.search.prepare();
    const before = services.content.faq.get(services.recentAnswers.last(asker(context)) ?? '');
    const itself = search.ask(args.question, before);
    const found = itself.answer === null && about !== null ? search.ask(about.general, before) : itself;
    if (found.answer !== null) {
      remember(found.answer, context);
      return withIt(await answerCard(found.answer, context, { ...found, kind: questionKind(found.normalised) }));
    }
    if (!looksPrivate(args.question)) services.feedback.missed(tenantKey(context.request), itself.normalised);
    return withIt(unsure(itself.suggestions.length > 0 ? itself : found));
  },
});

/** The answer with live values filled in, its date, sources, related questions and the feedback buttons. */
async function answerCard(
  entry: FaqEntry,
  context: CommandContext,
  {
    vote,
    kind = 'picked',
    also,
    language,
  }: { vote?: string | undefined; kind?: QuestionKind } & Partial<Pick<FaqResult, 'also' | 'language'>>,
): Promise<Card> {
  const paragraphs = await withLiveValues(entry.answer, context);
  const day = date(Date.parse(entry.asOf), context.request.locale);
  const note: Span[] =
    entry.sources.length === 0 ? [`As of ${day}`] : [...sourceSpans(entry.sources), ` · as of ${day}`];
  return {
    kind: 'faq',
    outcome: 'ok',
    tone: 'info',
    title: entry.question,
    blocks: [
      ...languageNote(language),
      ...paragraphs.map((paragraph): Block => ({ kind: 'text', spans: cardSpans(paragraph) })),
      { kind: 'note', spans: note },
      ...alsoAsked(also),
      related(entry, context),
      feedback(entry, vote, kind, context),
    ],
  };
}

function related(entry: FaqEntry, context: CommandContext): Block {
  return {
    kind: 'buttons',
    buttons: entry.related.flatMap((id) => context.services.content.faq.get(id) ?? []).map(questionButton),
  };
}

function feedback(entry: FaqEntry, voted: string | undefined, kind: QuestionKind, { request }: CommandContext): Block {
  if (voted !== undefined)
    return {
      kind: 'note',
      spans: [voted === 'yes' ? 'Thank you – noted as useful.' : 'Thank you – noted; the entry will be looked at.'],
    };
  const vote = (label: string, answer: string, more: Readonly<Record<string, string>> = {}): Button => ({
    label,
    invocation: { command: 'faq', args: { id: entry.id, vote: answer, ...more } },
  });
  const by: Record<string, string> = hasOneAsker(request) ? {} : { by: request.user.id };
  return {
    kind: 'buttons',
    buttons: [
      vote('Useful', 'yes'),
      vote('Wrong', 'wrong', { kind }),
      vote('Not what I asked', 'other', { kind, ...by }),
    ],
  };
}

/** `no` stands on answers of earlier versions. */
function count(
  vote: 'yes' | 'no' | 'wrong' | 'other',
  kind: QuestionKind,
  entry: FaqEntry,
  { request, services }: CommandContext,
): void {
  const tenant = tenantKey(request);
  if (vote !== 'other') services.feedback.vote(tenant, entry.id, vote === 'yes');
  if (vote === 'wrong' || vote === 'other') services.feedback.mismatched(tenant, kind, entry.id, vote);
}

/** In the terminal and on the web everybody sees an answer of their own. */
function hasOneAsker({ platform }: CommandContext['request']): boolean {
  return platform === 'terminal' || platform === 'web';
}

/** An answer is taken back by who asked (`by`) or by who manages the channel. */
async function mayTakeBack(by: string | undefined, { request }: CommandContext): Promise<boolean> {
  const { user, place } = request;
  if (hasOneAsker(request) || by === user.id || user.canManage) return true;
  return (await user.manages?.(place.channel)) ?? false;
}

const NOT_YOURS = messageCard(
  'faq',
  'refused',
  'Not yours to remove',
  'Only who asked, or somebody who manages this channel, can take this answer back. You can still mark it as wrong.',
);

const TAKEN_BACK: Card = {
  kind: 'faq',
  outcome: 'ok',
  tone: 'info',
  title: 'Answer taken back',
  blocks: [{ kind: 'text', spans: ['It was not what was asked. Ask again in other words, and I will look.'] }],
};

function questionButton(entry: FaqEntry): Button {
  const label = entry.question.length <= 75 ? entry.question : `${entry.question.slice(0, 74)}…`; // Slack's limit for button texts
  return { label, invocation: { command: 'faq', args: { id: entry.id } } };
}

/** The key under which the answers of one person in one channel are remembered. */
function asker({ request }: CommandContext): string {
  return JSON.stringify([request.platform, request.place.tenant, request.place.channel, request.user.id]);
}

/** On the web all visitors are one person, so nothing is remembered there. */
function remember(entry: FaqEntry, context: CommandContext): void {
  if (context.request.platform !== 'web') context.services.recentAnswers.remember(asker(context), entry.id);
}

function languageNote(language: FaqResult['language'] | undefined): Block[] {
  return language == null ? [] : [{ kind: 'note', spans: [englishOnly(language)] }];
}

function alsoAsked(entry: FaqEntry | null | undefined): Block[] {
  if (entry == null) return [];
  return [
    { kind: 'text', spans: [`You also asked: ${entry.question}`] },
    { kind: 'buttons', buttons: [questionButton(entry)] },
  ];
}

function unsure({ suggestions, language }: Pick<FaqResult, 'suggestions' | 'language'>): Card {
  const nearest = suggestions.slice(0, 3);
  return {
    kind: 'faq',
    outcome: 'unsure',
    tone: 'info',
    title: 'Not sure',
    blocks: [
      ...languageNote(language),
      {
        kind: 'text',
        spans: [
          nearest.length === 0
            ? 'Nothing I know comes close, and I would rather say so than guess. I know Bittensor basics, staking, mining, wallets, supply and safety.'
            : "I'm not sure, and I'd rather say so than guess. Closest questions I can answer:",
        ],
      },
      { kind: 'buttons', buttons: nearest.length === 0 ? ELSEWHERE : nearest.map(questionButton) },
    ],
  };
}

/** Where to turn when nothing comes close. */
const ELSEWHERE: readonly Button[] = [
  CAN_DO,
  { label: 'Ask a person', invocation: { command: 'faq', args: { id: 'get-help' } } },
];

/** Without a question: where to begin. */
function topics(context: CommandContext): Card {
  const starters = ['what-is-bittensor', 'what-is-subnet', 'halving', 'how-to-stake', 'scam-safety'].flatMap(
    (id) => context.services.content.faq.get(id) ?? [],
  );
  return {
    kind: 'faq',
    outcome: 'ok',
    tone: 'info',
    title: 'Ask me about Bittensor',
    blocks: [
      {
        kind: 'text',
        spans: [
          `Ask in your own words; ${context.services.content.faq.size} questions have checked answers. Some to begin with:`,
        ],
      },
      { kind: 'buttons', buttons: starters.map(questionButton) },
    ],
  };
}
