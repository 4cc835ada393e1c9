// What a call to a source comes back with.

/** Result of one call. `reason` is a sentence part for people; `until` is epoch ms; `missing` is an honest 404. */
export type Outcome<T> =
  | { kind: 'ok'; data: T }
  | { kind: 'missing' }
  | { kind: 'limited'; until: number; reason: string }
  | { kind: 'failed'; reason: string };
