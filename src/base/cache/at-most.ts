// The bound of a large cache that is empty at first: its tables grow with what is in it.

/**
 * For `new LRUCache(atMost(entries))`. With `max` lru-cache makes its tables at once, 20 to 36 bytes for each entry there could ever be:
 * 5 MiB in all for a bot that nobody has asked yet. A bound on the size, each entry counting one, holds as many and makes nothing beforehand
 * (https://github.com/isaacs/node-lru-cache#storage-bounds-safety). Up to some hundred entries `max` will do.
 */
export function atMost(entries: number): { maxSize: number; sizeCalculation: () => number } {
  return { maxSize: entries, sizeCalculation: () => 1 };
}
