// One card, several forms: Slack's newest blocks, pictures, words — the best one that the workspace accepts.
import type { PostOutcome } from '../../bot.ts';
import { type Draft, hasCharts, hasModernBlocks } from '../render/draft.ts';
import { frame, type Picture, settle, type SlackMessage } from '../render/render.ts';
import type { PlainWorkspaces } from './plain-workspaces.ts';

/** A message without blocks is the last resort: the answer in plain words. */
export type Outgoing = SlackMessage | Omit<SlackMessage, 'blocks'>;

export type FormOptions = {
  tenant: string;
  plainWorkspaces: PlainWorkspaces;
  /** Pictures of the charts by index; only asked for when the workspace takes no native charts. */
  pictures: () => Promise<ReadonlyMap<number, Picture>>;
  send: (message: Outgoing) => Promise<PostOutcome>;
  /** Another way to deliver a card with charts that `send` cannot show as pictures; null when it is of no use here. */
  elsewhere?: () => Promise<PostOutcome | null>;
  sleep: (ms: number) => Promise<void>;
};

/** An uploaded file is processed for a moment; until then Slack calls blocks with it invalid. */
const FILE_WAITS_MS = [400, 800, 1600, 2200];

/** Sends the draft in the best accepted form; remembers a workspace that refused the newer blocks but took the same card without. */
export async function sendAccepted(draft: Draft, options: FormOptions): Promise<PostOutcome> {
  const { tenant, plainWorkspaces, send } = options;
  const modern = hasModernBlocks(draft) && !(await plainWorkspaces.isPlain(tenant));
  if (modern) {
    const outcome = await send(settle(draft, { modern: true, pictures: new Map() }));
    if (!refusesBlocks(outcome)) return outcome;
  }
  const plain = (hasCharts(draft) ? await options.elsewhere?.() : null) ?? (await sendPlain(draft, options));
  if (modern && plain.kind === 'sent') await plainWorkspaces.setPlain(tenant);
  if (!refusesBlocks(plain)) return plain;
  return await send(frame(draft.text));
}

async function sendPlain(draft: Draft, { pictures, send, sleep }: FormOptions): Promise<PostOutcome> {
  const drawn = hasCharts(draft) ? await pictures() : new Map<number, Picture>();
  if (drawn.size > 0) {
    const message = settle(draft, { modern: false, pictures: drawn });
    const uploaded = [...drawn.values()].some((picture) => 'slack_file' in picture);
    for (const wait of [0, ...(uploaded ? FILE_WAITS_MS : [])]) {
      if (wait > 0) await sleep(wait);
      const outcome = await send(message);
      if (!refusesBlocks(outcome)) return outcome;
    }
  }
  return await send(settle(draft, { modern: false, pictures: new Map() }));
}

export function refusesBlocks(outcome: PostOutcome): boolean {
  return outcome.kind === 'bad-body' && /^(invalid_blocks|msg_blocks_too_long|invalid_arguments)/.test(outcome.code);
}
