// The terminal chat over real streams: what is typed, what is printed, and nothing that could steer the terminal.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import type { Request } from '../../../src/app/command.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { renderTerminal } from '../../../src/bots/terminal/render.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { openChat } from './typed-chat.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const parts = () => ({ dispatch: core.dispatch, vocabulary: vocabularyOf(core.services), log: core.log });

it('answers lines until "exit", then tells that the chat ended', async () => {
  const ended = Promise.withResolvers<void>();
  const chat = openChat({ ...parts(), onEnd: () => ended.resolve() });
  const { bot } = chat;
  await bot.start();
  expect(bot.health().connected).toBe(true);
  chat.write('/coin tao\n');
  await chat.shows('Price data by');
  expect(chat.printed).toContain('$250.28');
  expect(chat.printed).toMatch(/[\u2800-\u28FF]{20}/);
  chat.write('exit\n');
  await ended.promise;
  await bot.stop();
  expect(bot.health().connected).toBe(false);
});

it('numbers every choice, and a typed number presses it: of the last card only', async () => {
  const asked: Request[] = [];
  const { bot, say } = openChat({
    ...parts(),
    dispatch: (request) => {
      if (!('read' in request)) asked.push(request);
      return core.dispatch(request);
    },
  });
  await bot.start();
  const shown = await say('/coin tao');
  expect(shown).toMatch(/\n1 24h +2 7d +3 30d +4 1y +5 Refresh\n\n6 What it is +7 How it works/);
  expect(shown).toMatch(/Related coins:\n11 /);
  await say('3');
  expect(asked.at(-1)).toMatchObject({ command: 'coin', args: { coin: 'id:bittensor', range: '30d' }, via: 'control' });
  await say('/help');
  await say('99');
  expect(asked.at(-1)?.via).toBe('text'); // no such choice: words as any others
  await bot.stop();
});

it('takes "yes", "no" and a label for the buttons of the last card', async () => {
  const { bot, say } = openChat(parts());
  await bot.start();
  expect(await say('digest create 09:00 Europe/Berlin tao')).toContain('It starts when you confirm.');
  expect(await say('yes')).toContain('Digest started');
  expect(await say('digest create 10:00 Europe/Berlin near')).toContain('It starts when you confirm.');
  expect(await say('no thanks')).not.toContain('Digest started');
  expect(await say('/digest list')).not.toContain('10:00');
  await say('/coin tao');
  expect(await say('30d')).toContain('past 30 days');
  expect(await say('/about')).toContain('About this bot');
  expect(await say('yes')).toContain('words alone start nothing');
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
  const chat = openChat({ ...parts(), tty: true });
  const { bot, output } = chat;
  await bot.start();
  chat.write('/coin t');
  await expect.poll(() => chat.printed).toContain('/coin t');
  chat.printed = '';
  bot.above(() => void output.write('{"msg":"something is slow"}\n'));
  await expect.poll(() => chat.printed).toMatch(/τ> \/coin t/);
  const [before = '', after = ''] = chat.printed.split('{"msg":"something is slow"}\n');
  expect(before).toBe('\u001B[1G\u001B[0J'); // to the first column, everything below cleared
  expect(after).toContain('τ> /coin t');
  await bot.stop();
  chat.printed = '';
  bot.above(() => void output.write('later\n'));
  await expect.poll(() => chat.printed).toBe('later\n');
});

it('prints an answer that comes after somebody left, and stops only then', async () => {
  const [asked, answer, ended] = [
    Promise.withResolvers<void>(),
    Promise.withResolvers<Card>(),
    Promise.withResolvers<void>(),
  ];
  const errors: unknown[] = [];
  const chat = openChat({
    ...parts(),
    dispatch: () => (asked.resolve(), answer.promise),
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (fields) => void errors.push(fields),
    },
    sleep: createTestClock().sleep,
    onEnd: () => ended.resolve(),
  });
  const { bot } = chat;
  await bot.start();
  chat.write('/help\n');
  await asked.promise;
  chat.write('exit\n');
  await ended.promise;
  expect(bot.health().connected).toBe(false);
  const stopped = bot.stop();
  answer.resolve({ kind: 'x', outcome: 'ok', tone: 'info', title: 'late words', blocks: [] });
  await stopped;
  expect(chat.printed).toContain('late words');
  expect(errors).toEqual([]);
});

const evil = '\u001b]0;pwned\u0007\u001b[2J\u202Eoat @everyone [x](http://evil)';

it('control characters, bidi marks and markup of others stay harmless', () => {
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

it('in a headline, a table, a chart and a post, too', async () => {
  const series = [1, 2].map(() => ({ label: evil, points: [[0, 1] as const, [1, 2] as const] }));
  const chart = { title: evil, alt: evil, fileName: 'x.png', unit: { percent: true } as const, series };
  const card: Card = {
    kind: 'x',
    outcome: 'ok',
    tone: 'info',
    title: evil,
    subtitle: evil,
    blocks: [
      { kind: 'headline', value: evil, change: { text: evil, direction: 'up' }, detail: evil },
      { kind: 'heading', text: evil },
      { kind: 'table', caption: evil, columns: [{ label: evil }], rows: [[[evil]]] },
      { kind: 'chart', chart },
    ],
  };
  const { bot } = openChat(parts());
  const shown = [
    renderTerminal(card, { colour: false, width: 80 }),
    renderTerminal(card, { colour: false, width: 80, image: () => 'picture' }),
    String((await bot.prepare(card)).json),
  ];
  for (const text of shown) expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(shown[2]?.split('\n').length).toBeGreaterThan(5);
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
