// The terminal chat over real streams: what is typed, what is printed, and nothing that could steer the terminal.
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { vocabularyOf } from '../../../src/app/input/parse-text.ts';
import { createTerminalBot } from '../../../src/bots/terminal/bot.ts';
import { renderTerminal } from '../../../src/bots/terminal/render.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

it('answers lines until "exit", then tells that the chat ended', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = Promise.withResolvers<void>();
  const bot = createTerminalBot({
    input,
    output,
    colour: false,
    images: null,
    commands: COMMANDS,
    vocabulary: vocabularyOf(core.services),
    dispatch: core.dispatch,
    locale: 'en',
    completeCoin: () => [],
    onEnd: () => ended.resolve(),
  });
  await bot.start();
  expect(bot.health().connected).toBe(true);
  input.write('/coin tao\n');
  for (let turn = 0; turn < 200 && !printed.includes('Price data by'); turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(printed).toContain('$250.28');
  expect(printed).toMatch(/[\u2800-\u28FF]{20}/);
  input.write('exit\n');
  await ended.promise;
  await bot.stop();
  expect(bot.health().connected).toBe(false);
});

it('control characters, bidi marks and markup of others stay harmless', () => {
  const evil = '\u001b]0;pwned\u0007\u001b[2J\u202Eoat @everyone [x](http://evil)';
  const card: Card = {
    kind: 'x',
    outcome: 'ok',
    tone: 'info',
    title: evil,
    blocks: [
      { kind: 'text', spans: [evil, { kind: 'bold', text: evil }] },
      { kind: 'fields', fields: [{ label: evil, value: [evil] }] },
      { kind: 'list', items: [[evil]] },
    ],
  };
  const text = renderTerminal(card, { colour: false, width: 80 });
  expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
});

it('wraps at the width and shows links by their words when it may use escape codes', () => {
  const card: Card = {
    kind: 'x',
    outcome: 'ok',
    tone: 'info',
    title: 'T',
    blocks: [
      { kind: 'note', spans: ['word '.repeat(60), { kind: 'link', text: 'docs', href: 'https://example.org/a' }] },
    ],
  };
  const plain = renderTerminal(card, { colour: false, width: 60 });
  expect(Math.max(...plain.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(plain).toContain('docs (https://example.org/a)');
  expect(renderTerminal(card, { colour: true, width: 60 })).toContain('\u001b]8;;https://example.org/a\u001b\\docs');
});
