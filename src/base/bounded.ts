// Events that were seen already, and how old an event is.

/** Remembers the last ids; true for the first sight of each. */
export function createSeenIds(most = 10_000): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    if (seen.size > most) for (const oldest of seen) if (seen.delete(oldest)) break;
    return true;
  };
}

/** Discord's epoch: ids count milliseconds from here (https://docs.discord.com/developers/reference#snowflakes). */
const EPOCH_MS = 1_420_070_400_000;

/** When an id was made, epoch ms; null for what is no id. */
export function snowflakeTime(id: string): number | null {
  return /^\d{15,21}$/.test(id) ? Number(BigInt(id) >> 22n) + EPOCH_MS : null;
}
