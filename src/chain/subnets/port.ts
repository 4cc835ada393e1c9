// The port of the subnet market: what commands, pages, alerts and digests may ask, and what is kept over restarts.

/** `href` is http(s); `domain` is what people may see of it, in ASCII. */
export type SubnetLink = { href: string; domain: string };

/** Written by the subnet's owner, cleaned and bounded: plain text of one line that a renderer must still escape. */
export type SubnetIdentity = {
  name: string;
  symbol: string;
  description: string | null;
  links: { site: SubnetLink | null; github: SubnetLink | null; discord: SubnetLink | null };
};

/**
 * One subnet. Amounts of TAO and alpha are whole coins, blocks are block numbers; null means unknown (or not applicable), never zero.
 * A netuid is reused after a removal: only `netuid` with `registeredAtBlock` names a subnet for good.
 */
export type Subnet = SubnetIdentity & {
  netuid: number;
  /** TAO for one alpha at the spot, as the runtime computes it; never a ratio of pool sides, which is only right for one kind of pool. */
  priceTao: number | null;
  /** Percent against our own earlier reading of the same registration; null when there is none near that time. */
  change: { h24: number | null; d7: number | null; d30: number | null };
  /** Price × (alpha in the pool + alpha outside it): Taostats' market cap (its `total_alpha`). Values every alpha at the spot. */
  marketCapTao: number | null;
  taoIn: number | null;
  alphaIn: number | null;
  alphaOut: number | null;
  /** TAO of buys and sells of 24 hours: growth of the runtime's own counter between two of our readings. */
  volume24hTao: number | null;
  /**
   * Part (0..1) of the block's TAO emission that went to this subnet: put into its pool plus spent on buying its alpha. Of a single
   * block, read every ten minutes. Null when the parts do not add up to the emission.
   */
  emissionShare: number | null;
  /** The network's own switch for the TAO emission of this subnet; it can be on while the share is zero. */
  emissionOn: boolean | null;
  registeredAtBlock: number | null;
  /** First block at which it can be removed; null when that is past or unknown. */
  protectedUntilBlock: number | null;
  /** Place among the unprotected, by lowest moving price, then earliest registration: 1 goes with the next registration. Null: protected. */
  removalRank: number | null;
  /** The slow average that decides on emission and removal, in TAO. */
  movingPriceTao: number | null;
  /** Blocks between two payouts; and when the next is due unless its owner triggers one earlier. */
  tempo: number | null;
  nextEpochBlock: number | null;
};

/** Issuance that rose faster than blocks can mint, or fell more than recycling explains. `amountTao` is the part that is too much. */
export type IssuanceJump = { fromBlock: number; toBlock: number; amountTao: number };

/** A registration that we saw and that is gone; `block` is that of the first reading without it. */
export type RemovedSubnet = { netuid: number; name: string; registeredAtBlock: number; block: number };

/** What holds for all subnets. Null means unknown. */
export type SubnetNetwork = {
  issuanceTao: number | null;
  /** The latest jump known: paces of issuance that reach back before `toBlock` are not a forecast. */
  issuanceJump: IssuanceJump | null;
  blockEmissionTao: number | null;
  /** What registering a new subnet costs, in TAO; only the runtime's answer counts, it falls with every block. */
  registrationCostTao: number | null;
  /** Whether the network takes a new subnet at this block, and from which block on it does (a pause follows each registration). */
  registrationOpen: boolean | null;
  registrationOpensAtBlock: number | null;
  subnetLimit: number | null;
  immunityBlocks: number | null;
  /** Netuid that the next registration removes, by the runtime's own answer; null: none, or unknown. */
  pruneTarget: number | null;
};

/**
 * The market as of one finalized block. Prices and the network's values are of `block`; what moves slowly is read in turns and up to ten
 * minutes older (`detailsAt`). All times are epoch ms: `blockAt` is the chain's own, the age that people should see.
 */
export type SubnetSnapshot = {
  block: number;
  blockHash: string;
  blockAt: number;
  readAt: number;
  /** Host of the node, or "sample data". */
  source: string;
  /** `prices`: an upgrade changed the layout of the details; names are the last known, pool figures may be missing. */
  completeness: 'full' | 'prices';
  detailsAt: number | null;
  /** Without root, by netuid. */
  subnets: readonly Subnet[];
  /** Removals of the past seven days that happened while we were reading. */
  removed: readonly RemovedSubnet[];
  network: SubnetNetwork;
};

export type SubnetsResult = { snapshot: SubnetSnapshot } | { snapshot: null; reason: string };

/** `exact`: the number, name or symbol is theirs (several can share a name); `near`: names that begin with or hold the text. */
export type SubnetMatches = { exact: readonly Subnet[]; near: readonly Subnet[] };

export type SubnetRange = '24h' | '7d' | '30d' | '90d';

/** Points are [epoch ms, TAO], oldest first, of one registration; gaps are left as gaps. */
export type SubnetHistory =
  | { points: readonly (readonly [number, number])[]; registeredAtBlock: number }
  | { points: null; reason: string };

/** `sell` gives alpha for TAO, `buy` TAO for alpha. */
export type SwapDirection = 'buy' | 'sell';

/**
 * What the runtime says a swap would bring right now, fee and own price impact included. `paid` and `fee` are in what is given, `received`,
 * `atSpot` and `impact` in what is got: `atSpot` is the amount at the spot price without fee and impact, `impact` what the swap itself
 * costs by moving the price. `partly`: the pool takes less than the amount.
 */
export type SwapQuote = {
  netuid: number;
  direction: SwapDirection;
  spotTao: number;
  paid: number;
  fee: number;
  received: number;
  atSpot: number;
  impact: number;
  partly: boolean;
  block: number;
  blockAt: number;
  source: string;
};
export type SwapQuoteResult = { quote: SwapQuote } | { quote: null; reason: string };

/** Where past prices come from: switched off, being read, all there, or to be tried again later. */
export const ARCHIVE_STATES = ['off', 'running', 'done', 'waiting'] as const;
export type ArchiveState = (typeof ARCHIVE_STATES)[number];

export type NodeState = { name: string; state: 'ok' | 'paused'; reason: string | null; until: number | null };

export interface Subnets {
  /** Begins to read once a minute. */
  start(): void;
  /** Last good snapshot, refreshed when older than a minute; null with a reason when none was ever received. Never throws, bounded wait. */
  snapshot(): Promise<SubnetsResult>;
  /** Subnets that people may mean by `sn64`, `64`, `τ64`, a name or a symbol, in the present snapshot; for autocomplete too. */
  find(text: string): SubnetMatches;
  history(netuid: number, range: SubnetRange): Promise<SubnetHistory>;
  /** `amount` in TAO (buy) or alpha (sell). Bounded: asked for at most every few seconds in all, the same question once a minute. */
  swapQuote(netuid: number, direction: SwapDirection, amount: number): Promise<SwapQuoteResult>;
  /** Block of the next payout by the runtime's own answer, one that its owner triggered included; null when unknown or none. */
  nextEpoch(netuid: number): Promise<number | null>;
  /** What is known without asking anybody. `blockAt`: time of the newest block read or remembered, epoch ms; null when there is none. */
  status(): { nodes: readonly NodeState[]; archive: ArchiveState; blockAt: number | null };
  close(): Promise<void>;
}

/** One own reading of all prices; `slot` counts ten minutes since 1970 and is unique, `at` is the block's time in epoch ms. */
export type HistoryReading = { slot: number; at: number; block: number };
/** `volumeTao` is the runtime's running total, null when it was not read. */
export type HistoryRow = { netuid: number; registeredAt: number; priceRao: number; volumeTao: number | null };

/** A stretch of the history of one registration. */
export type HistoryLine = { netuid: number; registeredAt: number; fromSlot: number; everySlots: number };

/** What the subnet market keeps over restarts; the store room implements it. JSON texts are opaque to the store. */
export interface SubnetsMemory {
  loadSnapshot(): Promise<{ json: string; at: number } | null>;
  saveSnapshot(row: { json: string; at: number }): Promise<void>;
  /** All readings, oldest first. */
  readings(): Promise<readonly HistoryReading[]>;
  /** False when the slot was taken already, by this process or another; nothing is written then. */
  record(reading: HistoryReading, rows: readonly HistoryRow[]): Promise<boolean>;
  rowsOf(slot: number): Promise<readonly HistoryRow[]>;
  /** Prices of one registration, oldest first: since `fromSlot`, and of each `everySlots` the last one. */
  series(line: HistoryLine): Promise<readonly { at: number; priceRao: number }[]>;
  forget(slots: readonly number[]): Promise<void>;
}
