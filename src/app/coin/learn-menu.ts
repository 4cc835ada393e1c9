// The menus of a compact coin card: the parts of the profile, related coins and namesakes; in the FAQ the questions to choose from.
import type { Block, Invocation, MenuOption } from '../card.ts';
import type { CommandContext } from '../command.ts';
import { coinOptions } from '../input/coin-argument.ts';
import { coinQuestions, SECTION_LABELS, SECTIONS, type State } from './sections.ts';
import type { Coin } from '../../content/schema.ts';

/** Discord's limit of a menu; Slack takes more. */
const MOST_OPTIONS = 25;
/** Discord's limit of an option's description. */
const LONGEST_DESCRIPTION = 100;

/** The same card with something changed; a range or section that is shown anyway is left out. */
export function invocationOf(state: State, change: Readonly<Record<string, string>>): Invocation {
  const { range = state.range, section = state.section ?? '', ...rest } = change;
  return {
    command: 'coin',
    args: {
      ...state.given,
      coin: `id:${state.coin.id}`,
      ...(section === '' ? {} : { section }),
      ...(range === '7d' ? {} : { range }),
      ...rest,
    },
  };
}

/** *Learn*, and above it the questions while the FAQ is shown. */
export function learnMenus(state: State, profile: Coin | undefined, context: CommandContext): Block[] {
  const namesakes = coinOptions(state.others, 'coin', state.given).map((option) => ({
    ...option,
    description: 'Uses the same ticker',
  }));
  if (profile === undefined)
    return namesakes.length === 0
      ? []
      : [{ kind: 'menu', placeholder: 'Did you mean another coin?', options: namesakes }];
  const related = relatedOptions(state, profile, context.services.content.coins);
  const parts = [
    ...(state.section === null
      ? []
      : [{ label: 'Price and figures', invocation: invocationOf(state, { section: '' }) }]),
    ...SECTIONS.filter((option) => option !== state.section).map((option) => ({
      label: SECTION_LABELS[option],
      invocation: invocationOf(state, { section: option }),
    })),
  ];
  const learn: Block = {
    kind: 'menu',
    placeholder: state.section === null ? 'Learn: what it is, FAQ, more' : `Learn: ${SECTION_LABELS[state.section]}`,
    options: [...parts, ...(state.section === 'faq' ? [] : related), ...namesakes].slice(0, MOST_OPTIONS),
    beside: 'headline',
  };
  if (state.section !== 'faq') return [learn];
  const questions = coinQuestions(profile, context).map((question): MenuOption => ({
    label: question.text,
    invocation:
      'entry' in question
        ? { command: 'faq', args: { id: question.entry } }
        : invocationOf(state, { question: String(question.own + 1) }),
  }));
  const coins: Block[] = related.length === 0 ? [] : [{ kind: 'menu', placeholder: 'Related coins', options: related }];
  return [
    { kind: 'menu', placeholder: 'Choose a question', options: questions.slice(0, MOST_OPTIONS) },
    ...coins,
    learn,
  ];
}

/** Cards of the coins that the profile names as related. */
export function relatedOptions(
  { given }: Pick<State, 'given'>,
  profile: Coin,
  coins: ReadonlyMap<string, Coin>,
): MenuOption[] {
  return profile.related
    .flatMap((id) => coins.get(id) ?? [])
    .map((coin) => ({
      label: `${coin.symbol} · ${coin.name}`,
      description: coin.tagline.slice(0, LONGEST_DESCRIPTION),
      invocation: { command: 'coin', args: { ...given, coin: `id:${coin.id}` } },
    }));
}
