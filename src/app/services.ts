// What commands may ask of the other rooms: types only, so the core stays free of I/O and of SDKs.
import type { Lane } from '../charts/drawing-queue.ts';
import type { Alerts } from '../alerts/alerts.ts';
import type { ChartSpec } from '../charts/spec.ts';
import type { CoinIndex } from '../content/coin-search/coin-index.ts';
import type { RenamedCoin } from '../content/coin-search/renamed-coins.ts';
import type { RecentAnswers } from '../faq/recent-answers.ts';
import type { Invocation } from './card.ts';
import type { FaqOnDemand } from '../faq/loading/on-demand.ts';
import type { fillAnswer } from '../content/fill-placeholders.ts';
import type { dueForReview } from '../content/review.ts';
import type { Content } from '../content/schema.ts';
import type { Digests } from '../digests/digests.ts';
import type { Chain } from '../chain/chain.ts';
import type { Subnets } from '../chain/subnets/port.ts';
import type { Market } from '../market/market.ts';
import type { Tickers } from '../tickers/tickers.ts';

/**
 * Counters of what the FAQ could and could not answer; the store room implements it. `tenant` is that of `tenantKey`: each server or workspace
 * has its own. No user, no message text beyond the normalised question. Writes happen behind the answer and never throw.
 */
export interface Feedback {
  vote(tenant: string, entryId: string, useful: boolean): void;
  missed(tenant: string, normalisedQuestion: string): void;
  gaps(tenant: string, limit: number): Promise<readonly { question: string; count: number }[]>;
  /** Counts a pair of question kind and entry that did not fit: the answer was wrong, or not what was asked. No text, no person. */
  mismatched(tenant: string, kind: string, entryId: string, how: 'wrong' | 'other'): void;
  /** The pairs, those marked most often first. */
  mismatches(tenant: string, limit: number): Promise<readonly Mismatch[]>;
  votes(tenant: string): Promise<readonly { entryId: string; useful: number; notUseful: number }[]>;
}

/** How often an entry was a wrong answer to a kind of question (see `QUESTION_KINDS`), or to another question than was asked. */
export type Mismatch = { kind: string; entryId: string; wrong: number; other: number };

/** Somebody on a platform; ids of Slack mean something in their workspace only. */
export type Person = { platform: string; tenant: string; userId: string };

type Kept = { id: string; spec: string; status: string; channel: string; at: number };
type KeptDigest = Kept & { time: string; zone: string; days: string };

/**
 * What is stored about one person; the store room implements it. `at`: epoch ms; `spec`: JSON as stored; `events`: entries of the history.
 * `posts`: digests that come to them alone; `drafts`: digests that nobody started. `messages`: direct messages to them of the last days that
 * are noted as sent or waiting.
 */
export interface PersonalData {
  of(person: Person): Promise<{
    alerts: readonly (Kept & { events: number })[];
    digests: readonly KeptDigest[];
    posts: readonly KeptDigest[];
    drafts: readonly KeptDigest[];
    messages: number;
  }>;
  /** Removes it: only digests of channels stay, without the name. @returns how many of each */
  forget(person: Person): Promise<{ alerts: number; digests: number; posts: number; drafts: number; messages: number }>;
}

export type Charts = { png(spec: ChartSpec, lane?: Lane): Promise<Uint8Array> };

/** What holds where nobody chose otherwise. `publicUrl`: where the web page is reachable from outside, or null. */
export type Defaults = { currency: string; locale: string; timeZone: string; publicUrl: string | null };

/** The shipped texts and what finds them. */
export type ContentServices = Content & {
  /** The index is replaced when the market's directory arrives, so it is asked for each time. */
  index: () => CoinIndex;
  /** Built by its `prepare`, which whoever asks waits for. */
  search: FaqOnDemand;
  /** Tickers of the past. */
  renamed: readonly RenamedCoin[];
  /** Puts live values into the placeholders of a text. */
  fill: typeof fillAnswer;
  /** Texts older than their review interval. */
  due: typeof dueForReview;
};

export type Services = {
  content: ContentServices;
  market: Market;
  chain: Chain;
  subnets: Subnets;
  charts: Charts;
  feedback: Feedback;
  personal: PersonalData;
  /** What each person in a channel was answered last. */
  recentAnswers: RecentAnswers;
  /** What each person in a channel wished for last. */
  recentWishes: RecentAnswers<Invocation>;
  digests: Digests;
  alerts: Alerts;
  tickers: Tickers;
  defaults: Defaults;
  /** Epoch ms. */
  now: () => number;
  about: { version: string; uptimeMs: () => number; notes: () => readonly string[] };
};
