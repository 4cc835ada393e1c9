// The fake workspace itself: messages, files, views, response addresses, faults and rate limits.
import { blockProblems, isRecord, type Json } from './blocks.ts';

export type FakeMessage = {
  channel: string;
  ts: string;
  text: string;
  blocks: Json[];
  thread?: string;
  metadata?: { event_type: string; event_payload: Json };
  /** Only this user sees it. */
  ephemeralFor?: string;
  /** How it came: the method, or "response_url". */
  via: string;
  /** When Slack took it, epoch ms. */
  at: number;
  edits: number;
  deleted: boolean;
  /** The arguments as they were sent. */
  sent: Json;
};

export type FakeFile = {
  id: string;
  name: string;
  bytes: number;
  png: boolean;
  alt: string;
  complete: boolean;
  asked: number;
};

/**
 * What the far end does instead of answering well. `commit`: the call takes effect and only its answer is lost.
 * `error`: `ok: false` with that code. `limited`: 429 with Retry-After in seconds. `held`: the answer waits for `until`.
 */
export type SlackFault =
  | { kind: 'error'; error: string }
  | { kind: 'limited'; seconds: number }
  | { kind: 'held'; until: Promise<void> }
  | { kind: 'status'; status: number; commit: boolean }
  | { kind: 'reset' | 'hang' | 'garbage'; commit: boolean };

export type SlackCall = { method: string; args: Json; token: string; at: number };

export type ResponseAddress = {
  uses: number;
  madeAt: number;
  channel: string;
  user: string;
  thread?: string;
  original?: string;
};

export type FakeSlackOptions = {
  team?: string;
  botUser?: string;
  token?: string;
  appToken?: string;
  signingSecret?: string;
  /** False: `data_visualization` is refused with `invalid_blocks`. */
  dataVisualization?: boolean;
  dataTable?: boolean;
  /** False: reading history answers `missing_scope`. */
  history?: boolean;
  admins?: readonly string[];
  /** Locales by user, "en-US" for all others. */
  locales?: Readonly<Record<string, string>>;
  /** By person: their time zone, UTC for everybody else. */
  zones?: Readonly<Record<string, string>>;
  /** Workspaces of people who belong to another one. */
  foreign?: Readonly<Record<string, string>>;
  /** Workspaces that an organisation's token is good for. */
  granted?: readonly string[];
  /** Creators by channel. */
  creators?: Readonly<Record<string, string>>;
  /** Public channels that the bot is not a member of. */
  outside?: readonly string[];
  /** Private channels; those that are also in `outside` do not exist for the bot. */
  private?: readonly string[];
  /** Channels whose posting is restricted to others. */
  readOnly?: readonly string[];
  /** Names of channels, "general" for all others. */
  names?: Readonly<Record<string, string>>;
  /** What the token may do, as far as the fake looks at it; sent as `x-oauth-scopes` with every answer. */
  scopes?: readonly string[];
  /** True: distributed outside of the Marketplace, which limits reading: https://docs.slack.dev/apis/web-api/rate-limits */
  distributed?: boolean;
  /** Messages per second and burst per channel, and per minute for each workspace; none by default. */
  limits?: { burst: number; perSecond: number; perMinute: number };
  /** How often a file must be used before it is ready (Slack processes it for a moment). */
  fileDelay?: number;
  now?: () => number;
  /**
   * The fake's own waits. With it the fake goes on by itself as Slack does: it repeats events that are not acknowledged, and ends connections
   * that it gave notice to. Without it each event is sent once, and a test says what happens next.
   */
  sleep?: (ms: number) => Promise<void>;
  /** True: the app's "delayed events" are on. */
  delayedEvents?: boolean;
  /** Number of the first message; drawn when absent, so that stamps differ between fakes that share one store. */
  firstSerial?: number;
};

export type Workspace = ReturnType<typeof createWorkspace>;

const ALL_SCOPES = ['channels:history', 'channels:read', 'chat:write', 'groups:history', 'groups:read', 'im:write'];
const HALF_HOUR_MS = 30 * 60_000;

export function createWorkspace(options: FakeSlackOptions) {
  const now = options.now ?? Date.now;
  const state = {
    options: {
      dataVisualization: true,
      dataTable: true,
      history: true,
      fileDelay: 0,
      scopes: ALL_SCOPES as readonly string[],
      ...options,
    },
    now,
    messages: [] as FakeMessage[],
    files: new Map<string, FakeFile>(),
    views: new Map<string, Json>(),
    prompts: [] as Json[],
    calls: [] as SlackCall[],
    responses: new Map<string, ResponseAddress>(),
    /** Violations of Slack's limits in what was sent, beyond blocks that are switched off on purpose. */
    problems: [] as string[],
    revoked: new Set<string>(),
    /** Channels that were deleted or archived, beside those whose ids begin with C0GONE and C0ARCHIVED. */
    closed: new Map<string, 'deleted' | 'archived'>(),
    /** Calls that were told to wait. */
    limitedCalls: 0,
    tokens: new Map<string, { team: string; botUser: string }>(),
    codes: new Map<string, { team: string; token: string; botUser: string; organisation?: string }>(),
  };
  let serial = options.firstSerial ?? crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
  const readAt = new Map<string, number>();
  const buckets = new Map<string, { tokens: number; at: number }>();
  return Object.assign(state, {
    nextTs: () => `${Math.floor(now() / 1000)}.${String(++serial).padStart(6, '0')}`,
    nextId: (prefix: string) => `${prefix}${String(++serial).padStart(6, '0')}`,
    isDeleted: (channel: string): boolean => channel.startsWith('C0GONE') || state.closed.get(channel) === 'deleted',
    isArchived: (channel: string): boolean =>
      channel.startsWith('C0ARCHIVED') || state.closed.get(channel) === 'archived',
    isPrivate: (channel: string) => channel.startsWith('G') || options.private?.includes(channel) === true,
    /**
     * Null for channels that the bot is in, else the error: https://docs.slack.dev/reference/methods/conversations.history#errors; what is
     * private does not exist for those who are not in it.
     */
    hiddenFrom(channel: string): 'not_in_channel' | 'channel_not_found' | null {
      if (state.options.outside?.includes(channel) !== true) return null;
      return this.isPrivate(channel) ? 'channel_not_found' : 'not_in_channel';
    },
    /** Null, or the error with which Slack refuses these blocks. */
    refuses(blocks: unknown, mostBlocks = 50): string | null {
      const { dataVisualization, dataTable } = state.options;
      const fileReady = (id: string) => {
        const file = state.files.get(id);
        if (file === undefined || !file.complete) return false;
        return file.asked++ >= state.options.fileDelay;
      };
      const rules = {
        dataVisualization: true,
        dataTable: true,
        mostBlocks,
        fileReady: (id: string) => state.files.has(id),
      };
      state.problems.push(...blockProblems(blocks, rules));
      return blockProblems(blocks, { dataVisualization, dataTable, mostBlocks, fileReady }).length === 0
        ? null
        : 'invalid_blocks';
    },
    /** Seconds until history may be read again, or 0: once a minute outside of the Marketplace. */
    readingLimited(method: string): number {
      if (state.options.distributed !== true) return 0;
      const wait = Math.ceil((readAt.get(method) ?? Number.NEGATIVE_INFINITY) / 1000 + 60 - now() / 1000);
      if (wait > 0) return wait;
      readAt.set(method, now());
      return 0;
    },
    /** Seconds to wait, or 0. The limit of a minute is each workspace's own: https://docs.slack.dev/apis/web-api/rate-limits */
    limited(workspace: string, channel: string): number {
      const limits = state.options.limits;
      if (limits === undefined) return 0;
      const wait = (key: string, burst: number, perSecond: number): number => {
        const bucket = buckets.get(key) ?? { tokens: burst, at: now() };
        bucket.tokens = Math.min(burst, bucket.tokens + ((now() - bucket.at) / 1000) * perSecond);
        bucket.at = now();
        buckets.set(key, bucket);
        if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
        bucket.tokens -= 1;
        return 0;
      };
      return (
        wait(`${workspace} ${channel}`, limits.burst, limits.perSecond) ||
        wait(workspace, limits.perMinute, limits.perMinute / 60)
      );
    },
    responseProblem(id: string): string | null {
      const address = state.responses.get(id);
      if (address === undefined) return 'expired_url';
      if (now() - address.madeAt > HALF_HOUR_MS) return 'expired_url';
      return ++address.uses > 5 ? 'used_url' : null;
    },
    add(message: Omit<FakeMessage, 'at' | 'edits' | 'deleted'>): FakeMessage {
      const added = { ...message, at: now(), edits: 0, deleted: false };
      state.messages.push(added);
      return added;
    },
    find: (channel: string, ts: string) =>
      state.messages.find((message) => message.channel === channel && message.ts === ts && !message.deleted),
  });
}

/** Arguments arrive as strings; structured ones are JSON in them. */
export function decodeArgs(body: URLSearchParams): Json {
  const args: Json = {};
  for (const [name, value] of body) args[name] = /^[[{]/.test(value) ? parsed(value) : value;
  return args;
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export function asBlocks(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
