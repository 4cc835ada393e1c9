// The terminal chat over real streams: what is typed, what is printed, and nothing that could steer the terminal.
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import type { Request } from '../../../src/app/command.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { createTerminalBot } from '../../../src/bots/terminal/bot.ts';
import { renderTerminal } from '../../../src/bots/terminal/render.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

it('answers lines until "exit", then tells that the chat ended', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  const [answered, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  output.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.includes('Price data by')) answered.resolve();
  });
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
    log: core.log,
    sleep: () => Promise.resolve(),
    onEnd: () => ended.resolve(),
  });
  await bot.start();
  expect(bot.health().connected).toBe(true);
  input.write('/coin tao\n');
  await answered.promise;
  expect(printed).toContain('$250.28');
  expect(printed).toMatch(/[\u2800-\u28FF]{20}/);
  input.write('exit\n');
  await ended.promise;
  await bot.stop();
  expect(bot.health().connected).toBe(false);
});

it('numbers every choice, and a typed number presses it: of the last card only', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const asked: Request[] = [];
  const bot = createTerminalBot({
    input,
    output,
    colour: false,
    images: null,
    commands: COMMANDS,
    vocabulary: vocabularyOf(core.services),
    dispatch: (request) => {
      if (!('read' in request)) asked.push(request);
      return core.dispatch(request);
    },
    locale: 'en',
    completeCoin: () => [],
    log: core.log,
    sleep: () => Promise.resolve(),
    onEnd: () => undefined,
  });
  await bot.start();
  const type = async (text: string) => {
    const before = printed.length;
    input.write(`${text}\n`);
    await expect.poll(() => printed.slice(before)).toContain('\n\nτ> ');
    return printed.slice(before);
  };
  const shown = await type('/coin tao');
  expect(shown).toMatch(/\n1 24h +2 7d +3 30d +4 1y +5 Refresh\n\n6 What it is +7 How it works/);
  expect(shown).toMatch(/Related coins:\n11 /);
  await type('3');
  expect(asked.at(-1)).toMatchObject({ command: 'coin', args: { coin: 'id:bittensor', range: '30d' }, via: 'control' });
  await type('/help');
  await type('99');
  expect(asked.at(-1)?.via).toBe('text'); // no such choice: words as any others
  await bot.stop();
});

it('draws the series of a comparison in one frame, with names, highest and lowest value', async () => {
  const card = await core.dispatch({
    platform: 'terminal',
    command: 'compare',
    args: { coins: 'tao,near' },
    user: { id: 'u', canManage: false },
    place: { tenant: '-', channel: '-' },
    locale: 'en',
    via: 'text',
  });
  const frame = renderTerminal(card, { colour: false, width: 80 })
    .split('\n')
    .filter((line) => /[\u2800-\u28FF]{10}/.test(line));
  expect(frame).toHaveLength(4);
  expect(frame.join('\n')).toMatch(/TAO[\s\S]*NEAR|NEAR[\s\S]*TAO/);
  expect(frame[0]).toMatch(/%$/);
  expect(frame[3]).toMatch(/%$/);
});

it('a line of the log stands above the prompt, and what was typed so far comes back', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const bot = createTerminalBot({
    input,
    output: Object.assign(output, { isTTY: true, columns: 80 }),
    colour: false,
    images: null,
    commands: COMMANDS,
    vocabulary: vocabularyOf(core.services),
    dispatch: core.dispatch,
    locale: 'en',
    completeCoin: () => [],
    log: core.log,
    sleep: () => Promise.resolve(),
    onEnd: () => undefined,
  });
  await bot.start();
  input.write('/coin t');
  await expect.poll(() => printed).toContain('/coin t');
  printed = '';
  bot.above(() => void output.write('{"msg":"something is slow"}\n'));
  await expect.poll(() => printed).toMatch(/τ> \/coin t/);
  const [before = '', after = ''] = printed.split('{"msg":"something is slow"}\n');
  expect(before).toBe('\u001B[1G\u001B[0J'); // to the first column, everything below cleared
  expect(after).toContain('τ> /coin t');
  await bot.stop();
  printed = '';
  bot.above(() => void output.write('later\n'));
  await expect.poll(() => printed).toBe('later\n');
});

it('prints an answer that comes after somebody left, and stops only then', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let printed = '';
  output.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [asked, answer, ended] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<Card>(),
    Promise.withResolvers<void>(),
  ];
  const errors: unknown[] = [];
  const bot = createTerminalBot({
    input,
    output,
    colour: false,
    images: null,
    commands: COMMANDS,
    vocabulary: vocabularyOf(core.services),
    dispatch: () => (asked.resolve(), answer.promise),
    locale: 'en',
    completeCoin: () => [],
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (fields) => void errors.push(fields),
    },
    sleep: createTestClock().sleep,
    onEnd: () => ended.resolve(),
  });
  await bot.start();
  input.write('/help\n');
  await asked.promise;
  input.write('exit\n');
  await ended.promise;
  expect(bot.health().connected).toBe(false);
  const stopped = bot.stop();
  answer.resolve({ kind: 'x', outcome: 'ok', tone: 'info', title: 'late words', blocks: [] });
  await stopped;
  expect(printed).toContain('late words');
  expect(errors).toEqual([]);
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
