// Storage keys against prefixes that are published for this chain and for every Substrate chain.
import { expect, it } from 'vitest';
import { identityKey, storageKey } from '../../src/chain/storage-key.ts';

const SUBTENSOR = '658faa385070e074c85bf6b568cf0555';

it.each([
  ['System', 'Account', '26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9'],
  ['System', 'Number', '26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac'],
  ['Timestamp', 'Now', 'f0c365c3cf59d671eb72da0e7a4113c49f1f0515f462cdcf84e0f1d6045dfcbb'],
  ['Balances', 'TotalIssuance', 'c2261276cc9d1f8598ea4b6a74b15c2f57c875e4cff74148e4628f264b974c80'],
  ['SubtensorModule', 'TotalIssuance', `${SUBTENSOR}57c875e4cff74148e4628f264b974c80`],
  ['SubtensorModule', 'TotalStake', `${SUBTENSOR}4f85a3603259384a5fa5494b7d7fdb8c`],
  ['SubtensorModule', 'TotalNetworks', `${SUBTENSOR}5f3bb7bcd0a076a48abf8c256d221721`],
  ['SubtensorModule', 'Burn', `${SUBTENSOR}01be1755d08418802946bca51b686325`],
  ['SubtensorModule', 'MaxChildkeyTake', `${SUBTENSOR}dba018859cab7e989f77669457b394be`],
  ['SubtensorModule', 'NetworkMinLockCost', `${SUBTENSOR}af4319a20ed58ed2c549e6b6ea25fe88`],
  ['SubtensorModule', 'SubnetAlphaInEmission', `${SUBTENSOR}1905df3b2516a166b6f9fba54fef1cd8`],
])('%s.%s', (pallet, item, key) => {
  expect(storageKey(pallet, item)).toBe(`0x${key}`);
});

it('a map entry of subnet 64: two bytes, little endian, behind the prefix', () => {
  expect(identityKey(storageKey('SubtensorModule', 'Burn'), Uint8Array.of(64, 0))).toBe(
    `0x${SUBTENSOR}01be1755d08418802946bca51b6863254000`,
  );
});

it('a name too long for the short form of the hash is refused, not hashed wrongly', () => {
  expect(() => storageKey('System', 'x'.repeat(32))).toThrow(RangeError);
});
