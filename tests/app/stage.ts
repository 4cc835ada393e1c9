// A core over fake far ends with a clock that the test owns, and what people ask of it.
import { afterEach, beforeEach, expect } from 'vitest';
import type { Block, Card } from '../../src/app/card.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import type { Request } from '../../src/app/command.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

/** A fresh core for each test of the file; `clock` is epoch ms and may be moved. */
export function openStage() {
  const stage = {
    clock: 0,
    core: undefined as unknown as TestCore,
    /** A core with other settings in the place of the first. */
    async reopen(settings: Record<string, string>): Promise<void> {
      await stage.core.close();
      stage.core = await openTestCore({ now: () => stage.clock, settings });
    },
    ask(text: string, more: Partial<Request> = {}): Promise<Card> {
      return stage.core.dispatch({
        platform: 'terminal',
        ...readText(text, COMMANDS, vocabularyOf(stage.core.services)),
        user: { id: 'u', canManage: false },
        place: { tenant: '-', channel: '-' },
        locale: 'en',
        via: 'text',
        ...more,
      });
    },
    /** The list of all coins arrives shortly after the start. */
    async directory(): Promise<void> {
      await expect.poll(() => stage.core.services.content.index().whole, { timeout: 30_000 }).toBe(true);
    },
  };
  beforeEach(async () => {
    stage.clock = Date.now();
    stage.core = await openTestCore({ now: () => stage.clock });
  });
  afterEach(() => stage.core.close());
  return stage;
}

/** The blocks of one kind, whoever shows them. */
export const find = <K extends Block['kind']>(card: Card, kind: K) =>
  card.blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);
