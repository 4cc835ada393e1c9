// The digest commands in the order of /help.
import type { Command } from '../command.ts';
import { digestCreate } from './digest/create.ts';
import { digestList } from './digest/list.ts';
import { digestDelete, digestNow, digestPause, digestResume } from './digest/manage.ts';
import { digestPreview } from './digest/preview.ts';

export const DIGEST_COMMANDS: readonly Command[] = [
  digestCreate,
  digestList,
  digestPreview,
  digestPause,
  digestResume,
  digestDelete,
  digestNow,
];
