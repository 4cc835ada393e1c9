// The core over the subnet market of a fake node: commands as people type them, with a clock that only the test moves.
import type { Block, Card } from '../../../src/app/card.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import type { Request } from '../../../src/app/command.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { FIRST_AT, FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { openTestCore } from '../../fakes/core.ts';
import { openScene } from '../../chain/subnets/scene.ts';

const SLOT_MS = 600_000;

export type SubnetStage = Awaited<ReturnType<typeof openStage>>;

/** `minutes`: readings before the first question, so that names, pools and slow values are known. */
export async function openStage({
  minutes = 6,
  settings = {},
}: { minutes?: number; settings?: Record<string, string> } = {}) {
  const scene = await openScene();
  const core = await openTestCore({
    now: () => scene.clock.now,
    settings: { SUBTENSOR_RPC_URL: scene.node.url, ...settings },
  });
  core.services.subnets = scene.subnets;
  if (minutes > 0) await scene.minutes(minutes);

  const ask = (text: string, more: Partial<Request> = {}): Promise<Card> =>
    core.dispatch({
      platform: 'terminal',
      ...readText(text, COMMANDS, vocabularyOf(core.services)),
      user: { id: 'u', canManage: true },
      place: { tenant: '-', channel: '-' },
      locale: 'en',
      via: 'text',
      ...more,
    });
  return {
    ...scene,
    core,
    ask,
    words: async (text: string) => plainText(await ask(text)),
    async close() {
      await core.close();
      await scene.close();
    },
  };
}

/** Own readings of the past, every ten minutes for so many hours before the first block: the prices of the world at that time. */
export async function recordPast(
  { memory, world }: Pick<SubnetStage, 'memory' | 'world'>,
  hours: number,
): Promise<void> {
  for (let back = hours * 6; back > 0; back--) {
    const at = FIRST_AT - back * SLOT_MS;
    const block = FIRST_BLOCK - back * 50;
    const rows = world.subnets.map(({ netuid, registeredAt, volume }) => ({
      netuid,
      registeredAt,
      priceRao: world.price(netuid, block),
      volumeTao: Number(volume / 1_000_000_000n) - back,
    }));
    await memory.record({ slot: Math.floor(at / SLOT_MS), at, block }, rows);
  }
}

export const find = <K extends Block['kind']>(card: Card, kind: K) =>
  card.blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);

/** All controls of a card. */
export const controlsOf = (card: Card) => [
  ...find(card, 'buttons').flatMap(({ buttons }) => buttons),
  ...find(card, 'menu').flatMap(({ options }) => options),
];
