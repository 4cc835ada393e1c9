// What a chat platform gets from the wiring to build its bot, and what it says about itself: one such object per platform.
import type { Card } from '../app/card.ts';
import type { Command } from '../app/command.ts';
import type { Dispatch } from '../app/dispatch.ts';
import type { Complete } from '../app/input/autocomplete.ts';
import type { Vocabulary } from '../app/reader/vocabulary.ts';
import type { Defaults } from '../app/services.ts';
import type { Log } from '../base/log.ts';
import type { Bot } from './bot.ts';
import type { OnAnswer } from './follow-event.ts';

/** Small facts that are remembered over restarts. */
export type KeyValue = {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
};

/** Events that were handled already, by any process: true when one of the keys was marked before. */
export type SeenKeys = { seen(...keys: string[]): Promise<boolean> };

/** Sealed credentials of workspaces or organisations by their ids, and which block types each rejects. Times in epoch ms. */
export type Installations = {
  store(key: string, sealed: string): Promise<void>;
  fetch(key: string): Promise<{ sealed: string; at: number } | null>;
  /** Removes the installation when it is still this one: a late "uninstalled" must not undo a new one. True when something was removed. */
  remove(key: string, sealed: string): Promise<boolean>;
  /** The tenants ("E1/T1") of an organisation that something is scheduled for. */
  tenantsOf(organisation: string): Promise<string[]>;
  /** When a flag was set, or null. */
  flaggedAt(tenant: string, flag: string): Promise<number | null>;
  setFlag(tenant: string, flag: string, at: number): Promise<void>;
};

/** What becomes of servers, workspaces and channels, as a platform tells it. Calls return at once and never throw. */
export type PlaceEvents = {
  /** A server or workspace removed the bot (not one that is only out of reach): what is scheduled for it ends. */
  onRemoved: (tenant: string) => void;
  /** A channel was deleted: what is scheduled for it ends. */
  onChannelGone: (tenant: string, channel: string) => void;
  /** A channel was archived, or we were taken out of it: its digests stop until `onAccess`. */
  onChannelClosed: (tenant: string, channel: string, why: 'archived' | 'left') => void;
  /** Perhaps rights came back, or an archived channel: what was stopped there, or in the whole server or workspace, goes on where it can. */
  onAccess: (tenant: string, channel?: string) => void;
};

export type PlatformTools = PlaceEvents & {
  /** The text of a setting, undefined when it is not set. */
  setting(name: string): string | undefined;
  commands: readonly Command[];
  dispatch: Dispatch;
  vocabulary: Vocabulary;
  complete: Complete;
  /** A coin, by CoinGecko's id, in a few words with its price. */
  priceLine: (coin: string) => Promise<string>;
  defaults: Defaults;
  /** Addresses that our facts and prices come from: where messages may link to. */
  sourceUrls: readonly string[];
  keyValue: KeyValue;
  seenKeys: SeenKeys;
  installations: Installations;
  log: Log;
  /** Shows a line to whoever started the bot. */
  say: (line: string) => void;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  count: (event: string) => void;
  /** What became of an answer to the request under way. */
  onAnswer: OnAnswer;
};

export type Platform = {
  name: Bot['name'];
  /** What to do to turn it on, for people, e.g. "set DISCORD_TOKEN". */
  turnOn: string;
  /** Whether its settings turn it on; loads nothing. */
  isOn(setting: PlatformTools['setting']): boolean;
  /** Null when its settings leave it off. The SDK is only loaded when it is needed. */
  create(tools: PlatformTools): Promise<Bot | null>;
  /** The exact payload that the platform would get for a card; pictures by name. */
  preview(card: Card, tools: Pick<PlatformTools, 'defaults' | 'sourceUrls'>): Promise<unknown>;
};
