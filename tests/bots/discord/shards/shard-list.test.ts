// `DISCORD_SHARDS`: what is read from it, what is refused and how the refusal helps.
import { describe, expect, it } from 'vitest';
import { readShardList, shardRanges } from '../../../../src/bots/discord/shards/shard-list.ts';

describe('DISCORD_SHARDS', () => {
  it.each([
    ['0-3/16', [0, 1, 2, 3], 16],
    ['2/16', [2], 16],
    ['8, 0-3 / 16', [0, 1, 2, 3, 8], 16],
    ['0/1', [0], 1],
    ['999/1000', [999], 1000],
  ])('%s', (text, ids, count) => {
    expect(readShardList(text)).toEqual({ ids, count });
  });

  it.each([
    ['16', 'must read like 0-3/16'],
    ['0-3/', 'must read like 0-3/16'],
    ['/16', 'must read like 0-3/16'],
    ['-1/16', 'must read like 0-3/16'],
    ['0-3,/16', 'must read like 0-3/16'],
    ['auto', 'must read like 0-3/16'],
    ['0/0', 'at least one shard'],
    ['0/1001', 'at most 1000 shards'],
    ['16/16', 'names shard 16 of 16: they are counted from 0 to 15'],
    ['0-99999/16', 'names shard 99999 of 16'],
    ['3-0/16', 'runs backwards: write 0-3'],
    ['0-3,2/16', 'names shard 2 twice'],
  ])('%s is refused', (text, words) => {
    expect(readShardList(text)).toContain(words);
  });

  it('ranges are written as they are read', () => {
    expect([shardRanges([8, 3, 2, 1, 0]), shardRanges([5]), shardRanges([])]).toEqual(['0-3,8', '5', '']);
  });
});
