// What the fake Discord remembers: messages, nonces, interactions, registered commands, and every call.
import type { MessageBody } from './rest/check.ts';
import type { World } from './permissions.ts';

export type FakeMessage = {
  id: string;
  channel: string;
  /** Body as Discord holds it after the last edit. */
  body: MessageBody;
  files: readonly { name: string; bytes: number }[];
  ephemeral: boolean;
  edits: number;
  at: number;
  nonce?: string;
  replyTo?: string;
  interactionId?: string;
  deleted?: boolean;
};

export type FakeCall = {
  method: string;
  path: string;
  body: unknown;
  files: readonly { name: string; bytes: number }[];
  authorised: boolean;
  at: number;
  status: number;
};

/** One interaction as the platform sees it. Times in ms since it was sent; NaN: not yet. */
export type FakeInteraction = {
  id: string;
  token: string;
  type: number;
  sentAt: number;
  /** Types of the accepted callbacks (4, 5, 6, 7, 8). */
  callbacks: number[];
  refused: number[];
  ackMs: number;
  /** When the answer was last changed. */
  answerMs: number;
  /** The message that shows the answer: new, or for controls the one they belong to. */
  message: FakeMessage | null;
  followUps: FakeMessage[];
  choices: { name: string; value: string }[] | null;
  deferredEphemeral: boolean;
  /** The first answer was deleted; follow-ups are messages of their own from then on. */
  originalDeleted: boolean;
};

export type DiscordState = ReturnType<typeof createState>;

const EPOCH = 1_420_070_400_000n;

export function createState(options: { now: () => number; nonceTtlMs: number; world: World }) {
  let counter = 0n;
  const messages: FakeMessage[] = [];
  const nonces = new Map<string, { message: FakeMessage; at: number }>();
  return {
    messages,
    calls: [] as FakeCall[],
    /** Bodies that Discord would refuse with 50035. */
    refusals: [] as string[],
    byToken: new Map<string, FakeInteraction>(),
    byId: new Map<string, FakeInteraction>(),
    /** Registered commands, by route ("global" or server id). */
    commands: new Map<string, unknown[]>(),
    /** What was written under voice channels, oldest first. */
    voiceStatuses: [] as { channel: string; status: string | null; at: number }[],
    /** Channels that answer with an error code of Discord. */
    badChannels: new Map<string, { status: number; code: number }>(),
    /** Servers, channels, roles and overwrites. */
    world: options.world,
    /** How a reply is refused without Read Message History; the documents list 160002, some clients report 50013. */
    replyRefusal: { status: 400, code: 160_002 },
    /** A new interaction that can be answered by its id and token. */
    openInteraction(given: Pick<FakeInteraction, 'id' | 'token' | 'type' | 'sentAt' | 'message'>): FakeInteraction {
      const record = {
        ...given,
        callbacks: [],
        refused: [],
        ackMs: Number.NaN,
        answerMs: Number.NaN,
        followUps: [],
        choices: null,
        deferredEphemeral: false,
        originalDeleted: false,
      };
      this.byId.set(given.id, record);
      this.byToken.set(given.token, record);
      return record;
    },
    snowflake(at = options.now()): string {
      counter = (counter + 1n) % 4096n;
      return String(((BigInt(Math.floor(at)) - EPOCH) << 22n) | counter);
    },
    /** Makes a message, or returns the earlier one of the same nonce. */
    create(message: Omit<FakeMessage, 'id' | 'at' | 'edits'>, enforceNonce: boolean): FakeMessage | 'deleted' {
      const at = options.now();
      const known = message.nonce === undefined ? undefined : nonces.get(message.nonce);
      if (enforceNonce && known !== undefined && at - known.at < options.nonceTtlMs)
        return known.message.deleted ? 'deleted' : known.message;
      const made = { ...message, id: this.snowflake(at), at, edits: 0 };
      messages.push(made);
      if (message.nonce !== undefined) nonces.set(message.nonce, { message: made, at });
      return made;
    },
  };
}

/** A message as the API returns it. */
export function apiMessage(message: FakeMessage, botId: string): object {
  const attachments = message.files.map((file, index) => ({
    id: String(9000 + index),
    filename: file.name,
    size: file.bytes,
    url: `https://cdn.example/${file.name}`,
    proxy_url: '',
  }));
  return {
    id: message.id,
    type: 0,
    channel_id: message.channel,
    author: { id: botId, username: 'taobot', discriminator: '0000', avatar: null, bot: true },
    content: '',
    timestamp: new Date(message.at).toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments,
    embeds: [],
    pinned: false,
    flags: (message.body.flags ?? 0) | (message.ephemeral ? 64 : 0),
    components: message.body.components ?? [],
    ...(message.interactionId === undefined
      ? {}
      : {
          interaction_metadata: {
            id: message.interactionId,
            type: 2,
            user: { id: '0' },
            authorizing_integration_owners: {},
          },
        }),
  };
}
