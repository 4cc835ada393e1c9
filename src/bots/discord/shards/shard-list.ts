// Which of Discord's shards a process holds, as `DISCORD_SHARDS` says it: "0-3/16", "2/16", "0-3,8/16".

/** The shards of this process, ascending, of how many in all. */
export type ShardList = { ids: readonly number[]; count: number };

/**
 * One start of more shards than this would use up the sessions of a day, and Discord resets the token then
 * (https://docs.discord.com/developers/events/gateway#identifying).
 */
const MOST_SHARDS = 1000;

const FORM = /^(\d{1,5}(?:-\d{1,5})?(?:\s*,\s*\d{1,5}(?:-\d{1,5})?)*)\s*\/\s*(\d{1,5})$/;

/** The list, or in words what is wrong with it ("names shard 2 twice"). */
export function readShardList(text: string): ShardList | string {
  const [, parts, all] = FORM.exec(text.trim()) ?? [];
  if (parts === undefined) return 'must read like 0-3/16: numbers of shards, a slash, and how many there are in all';
  const count = Number(all);
  if (count < 1) return 'must have at least one shard after the slash';
  if (count > MOST_SHARDS) return `must have at most ${MOST_SHARDS} shards after the slash`;
  const ids = new Set<number>();
  for (const part of parts.split(',')) {
    const [first = 0, last = first] = part.split('-').map(Number);
    if (last < first) return `names ${first}-${last}, which runs backwards: write ${last}-${first}`;
    if (last >= count) return `names shard ${last} of ${count}: they are counted from 0 to ${count - 1}`;
    for (let id = first; id <= last; id++) {
      if (ids.has(id)) return `names shard ${id} twice`;
      ids.add(id);
    }
  }
  return { ids: [...ids].toSorted((a, b) => a - b), count };
}

/** "0-3,8" for 0, 1, 2, 3 and 8 in any order. */
export function shardRanges(ids: Iterable<number>): string {
  const ranges: { first: number; last: number }[] = [];
  for (const id of [...ids].toSorted((a, b) => a - b)) {
    const current = ranges.at(-1);
    if (current !== undefined && id === current.last + 1) current.last = id;
    else ranges.push({ first: id, last: id });
  }
  return ranges.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

/** What a process says of its shards when the first connection stands: whether all are up, and which. `list`: undefined when it holds all. */
export function shardsInWords({
  held,
  up,
  list,
}: {
  held: ReadonlySet<number>;
  up: ReadonlySet<number>;
  list: ShardList | undefined;
}): string {
  const down = held.difference(up);
  const own = list === undefined ? null : `${named(list.ids)} of ${list.count}`;
  if (down.size === 0)
    return own === null && held.size < 2 ? 'connected' : `connected, ${own ?? `${held.size} shards`}`;
  if (own === null) return `${down.size} of ${held.size} shards are coming back`;
  const back = `${named(down)} ${down.size === 1 ? 'is' : 'are'} coming back`;
  const others = up.size === 0 ? '' : `, ${named(up)} ${up.size === 1 ? 'is' : 'are'} up`;
  return `${back}${others} (this process has ${own})`;
}

function named(ids: Iterable<number>): string {
  const ranges = shardRanges(ids);
  return `${/^\d+$/.test(ranges) ? 'shard' : 'shards'} ${ranges}`;
}

/** For whoever has to change the setting after close code 4011. */
export function tooFewShards(count: number): string {
  return `Discord wants more shards than the ${count} of DISCORD_SHARDS: raise the number after the slash and divide the shards anew, in all processes, and restart them (docs/scaling.md)`;
}
