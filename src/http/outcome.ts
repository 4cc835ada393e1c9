// What a call to a source comes back with.

/**
 * Result of one call. `reason` is a sentence part for people; `until` is epoch ms; `missing` is an honest 404. `aheadMs`: how far our clock is
 * ahead of the source's by its `Date` header (0: both agree; absent: unknown). `unasked`: a budget or a pause forbade the call, so nothing was learned.
 */
export type Outcome<T> =
  | { kind: 'ok'; data: T; aheadMs?: number }
  | { kind: 'missing' }
  | { kind: 'limited'; until: number; reason: string }
  | { kind: 'failed'; reason: string; unasked?: true };
