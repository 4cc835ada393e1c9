// What a command is: data (name, arguments) plus a function from parsed arguments to a card.
import type { Lane } from '../charts/drawing-queue.ts';
import type { Button, Card } from './card.ts';
import type { Amount } from './reader/numbers.ts';
import type { SaidAnew } from './reader/wishes/follow-up.ts';
import type { Services } from './services.ts';

/** Kinds of arguments; each platform maps them to its own option types, text grammars parse words into them. */
export type ArgType =
  | 'coin'
  | 'coins'
  | 'subnet'
  | 'currency'
  | 'number'
  | 'text'
  | 'choice'
  | 'time'
  | 'zone'
  | 'days'
  | 'channel'
  | 'voice'
  | 'flag'
  | 'digest'
  | 'alert'
  | 'condition';

export type ArgSpec = {
  type: ArgType;
  /** One line for people, ≤ 100 characters (Discord's limit for option descriptions). */
  description: string;
  required?: boolean;
  choices?: readonly string[];
  /** Only for controls (buttons, menus): not offered as an option, not part of the text grammar. */
  hidden?: boolean;
  /** Filled with the rest of the words in text grammars. At most one per command. */
  rest?: boolean;
  autocomplete?: boolean;
};

export type ArgSpecs = Readonly<Record<string, ArgSpec>>;

type ValueOf<S extends ArgSpec> = S['type'] extends 'coins' | 'days'
  ? string[]
  : S['type'] extends 'number'
    ? Amount
    : S['type'] extends 'flag'
      ? boolean
      : S['type'] extends 'choice'
        ? S['choices'] extends readonly (infer C extends string)[]
          ? C
          : string
        : string;

/** The parsed arguments that belong to a specification: required ones present, others possibly undefined. */
export type ArgValues<A extends ArgSpecs> = {
  [K in keyof A]: A[K]['required'] extends true ? ValueOf<A[K]> : ValueOf<A[K]> | undefined;
};

/** A folder of `bots` (discord, slack, terminal), or web: the page, which has no channels and nobody to tell. */
export type PlatformName = string;

/** Whether the asker may manage a channel of the same server or workspace at this moment; asked of the platform, false when it does not say. */
export type Manages = (channel: string) => Promise<boolean>;

/**
 * Somebody's question, stripped of platform specifics. `locale` is a BCP 47 tag; `user.id` is only used for cool-downs and ownership. `canManage`:
 * the channel that the command is about; `manages`: any other (absent where there is none). `timeZone`: the person's own, where the platform knows it.
 */
export type Request = {
  platform: PlatformName;
  command: string;
  args: Readonly<Record<string, string>>;
  user: { id: string; canManage: boolean; manages?: Manages };
  place: { tenant: string; channel: string };
  locale: string;
  timeZone?: string;
  /** How the text was read, and what of it was not understood: sentences for the answer. */
  remarks?: readonly string[];
  /** What it changes of the wish before, when there was one: "and in eur?". */
  follows?: SaidAnew;
  /** The arguments are fields of a form as somebody filled them in. */
  form?: boolean;
  /** Where the request came from: a slash command, words, a button or menu. */
  via: 'command' | 'text' | 'control';
};

/** The tenant of conversations that are in no server or workspace. */
export const NO_TENANT = '-';

/** The word for the channel of the request, where a channel is named. */
export const HERE = 'here';

/** The server or workspace of a request, unlike any other of all platforms. */
export function tenantKey({ platform, place }: Pick<Request, 'platform' | 'place'>): string {
  return `${platform}:${place.tenant}`;
}

/** Whoever asks, unlike anybody else of all platforms; for limits. */
export function askerKey(request: Pick<Request, 'platform' | 'place'> & { user: { id: string } }): string {
  return `${tenantKey(request)}:${request.user.id}`;
}

/** In which lane the pictures for a request are drawn. */
export function laneOf({ platform }: Pick<Request, 'platform'>): Lane {
  return platform === 'web' ? 'web' : 'chat';
}

/**
 * Words whose meaning nobody has looked for yet: whoever asked too much is refused before that costs anything. `read` finds the command, what the
 * asker may do, and the asker's locale.
 */
export type UnreadRequest = Pick<Request, 'platform' | 'place' | 'via' | 'locale'> & {
  user: { id: string };
  read(): Promise<
    Pick<Request, 'command' | 'args' | 'remarks' | 'follows' | 'locale' | 'timeZone'> &
      Pick<Request['user'], 'canManage' | 'manages'>
  >;
};

export type CommandContext = { request: Request; services: Services; now: number };

export type Command = {
  /** "coin", or "digest create" for a subcommand (at most one level). */
  name: string;
  summary: string;
  args: ArgSpecs;
  /** Only for those who manage the channel or server; checked at execution. */
  manage?: boolean;
  /** What it may do depends on the asker's rights, but it is for everybody. */
  rights?: boolean;
  /** Not offered in user installs and private channels (Discord) because it belongs to a channel. */
  serverOnly?: boolean;
  /** The one platform that has what it is about; elsewhere it is not listed, and its answer says so. */
  only?: PlatformName;
  /** Answers are for the asker only; known before the answer is, for platforms that must say so when they acknowledge. */
  private?: boolean;
  /** Its group's name alone stands for it in words: "/alert tao above 300". */
  shorthand?: boolean;
  example?: string;
  run(args: Readonly<Record<string, unknown>>, context: CommandContext): Promise<Card>;
  /** What may have been meant by a number that cannot be read, as buttons; none where nothing is near. */
  meant?(args: Readonly<Record<string, string>>, locale: string): readonly Button[];
};

/** Declares a command; the types of `run`'s arguments follow from the literal `args`. */
export function defineCommand<const A extends ArgSpecs>(
  definition: Omit<Command, 'run' | 'args'> & {
    args: A;
    run(args: ArgValues<A>, context: CommandContext): Promise<Card>;
  },
): Command {
  return definition;
}

/** True where the platform has what the command is about. */
export function isOn({ only }: Pick<Command, 'only'>, platform: PlatformName): boolean {
  return only === undefined || only === platform;
}

/** The first word of a command name: what platforms register at top level. */
export function topName(command: Command): string {
  return command.name.split(' ')[0] ?? command.name;
}
