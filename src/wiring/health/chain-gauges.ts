// Figures of the chain for `/metrics`: how old the newest block is, which nodes may be asked, how far the reading of past prices is.
import type { NodeState, Subnets } from '../../chain/subnets/port.ts';
import { ARCHIVE_STATES } from '../../chain/subnets/port.ts';
import type { Sample } from '../../web/health/metrics.ts';

/** Asks nobody: all of it is known already. */
export function chainGauges(subnets: Subnets, now: () => number): readonly Sample[] {
  const { nodes, archive, blockAt } = subnets.status();
  const gauge = (name: string, help: string, value: number, labels: Record<string, string> = {}): Sample => ({
    name,
    help,
    type: 'gauge',
    value,
    labels,
  });
  const age = Math.max(0, (now() - (blockAt ?? 0)) / 1000);
  return [
    ...(blockAt === null
      ? []
      : [gauge('taobot_chain_block_age_seconds', 'Age of the newest block that was read', age)]),
    ...[...upByName(nodes)].map(([node, isUp]) =>
      gauge('taobot_chain_node_up', 'Bittensor node may be asked (1) or is left alone for now (0)', Number(isUp), {
        node,
      }),
    ),
    ...ARCHIVE_STATES.map((state) =>
      gauge('taobot_chain_archive', 'State of the reading of past subnet prices (1)', Number(state === archive), {
        state,
      }),
    ),
  ];
}

/** Whether nodes may be asked, by their names: those of one host share it, and are up while one of them is. */
function upByName(nodes: readonly NodeState[]): ReadonlyMap<string, boolean> {
  const up = new Map<string, boolean>();
  for (const { name, state } of nodes) up.set(name, up.get(name) === true || state === 'ok');
  return up;
}
