// The errors of the project: what a person may read, what an operator must read, and what is our own bug.
import { fnv1a } from './hash.ts';

/** Base of all expected errors. `code` is stable and short (for logs and metrics); `message` is for people. */
export class AppError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The person asked for something that cannot be done as asked; the message says what to type instead. */
export class UserError extends AppError {}

/** Shipped content is wrong; `problems` holds every problem found, each with path, field and remedy. */
export class ContentError extends AppError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(
      'content',
      `${problems.length} problem(s) in the content files:\n${problems.map((p) => `  ✖ ${p}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** A setting is wrong; `problems` names each setting, what is wrong and an example, never the value of a secret. */
export class ConfigError extends AppError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super('config', `${problems.length} wrong setting(s):\n${problems.map((p) => `  ✖ ${p}`).join('\n')}`);
    this.problems = problems;
  }
}

/** A short reference that ties what a person saw to the log line of the same failure. */
export function errorReference(error: unknown): string {
  const text = error instanceof Error ? `${error.name}${error.stack ?? error.message}` : String(error);
  return fnv1a(text).toString(36); // the same for the same failure, so repeats can be counted
}
