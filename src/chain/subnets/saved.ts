// The last good snapshot as text, for the next start; what does not read back as one is forgotten.
import { z } from 'zod';
import type { SubnetSnapshot } from './port.ts';

const Amount = z.number().nullable();
const Link = z.object({ href: z.url({ protocol: /^https?$/u }), domain: z.string() }).nullable();

const Saved: z.ZodType<SubnetSnapshot> = z.object({
  block: z.number(),
  blockHash: z.string(),
  blockAt: z.number(),
  readAt: z.number(),
  source: z.string(),
  completeness: z.enum(['full', 'prices']),
  detailsAt: Amount,
  subnets: z.array(
    z.object({
      netuid: z.number(),
      name: z.string(),
      symbol: z.string(),
      description: z.string().nullable(),
      links: z.object({ site: Link, github: Link, discord: Link }),
      priceTao: Amount,
      change: z.object({ h24: Amount, d7: Amount, d30: Amount }),
      marketCapTao: Amount,
      taoIn: Amount,
      alphaIn: Amount,
      alphaOut: Amount,
      volume24hTao: Amount,
      emissionShare: Amount,
      emissionOn: z.boolean().nullable(),
      registeredAtBlock: Amount,
      protectedUntilBlock: Amount,
      removalRank: Amount,
      movingPriceTao: Amount,
      tempo: Amount,
      nextEpochBlock: Amount,
    }),
  ),
  removed: z
    .array(z.object({ netuid: z.number(), name: z.string(), registeredAtBlock: z.number(), block: z.number() }))
    .default([]), // saved by a version that did not keep them
  network: z.object({
    issuanceTao: Amount,
    issuanceJump: z.object({ fromBlock: z.number(), toBlock: z.number(), amountTao: z.number() }).nullable(),
    blockEmissionTao: Amount,
    registrationCostTao: Amount,
    registrationOpen: z.boolean().nullable(),
    registrationOpensAtBlock: Amount,
    subnetLimit: Amount,
    immunityBlocks: Amount,
    pruneTarget: Amount,
  }),
});

export function snapshotText(snapshot: SubnetSnapshot): string {
  return JSON.stringify(snapshot);
}

/** Null for anything but a snapshot of this version. */
export function parseSnapshot(json: string): SubnetSnapshot | null {
  try {
    const parsed = Saved.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
