// The flags of Node with which `npm start` runs: memory and pauses depend on them, so what is measured has them, too.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const START_FLAGS = flagsOfStart();

function flagsOfStart(): string[] {
  const text = readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: { start: string } };
  return scripts.start.match(/--[a-z0-9=-]+(?=.*?src\/main\.mjs \|\|)/gu) ?? [];
}
