// One hostile input and the test that tries it.

/** What is tried in a sentence; the file below `tests/` and the title of the test there, as they are written. */
export type Tried = readonly [input: string, file: string, title: string];
