// The one reader of text, through the real core with 18,000 coins: what is understood of each line, and what is asked back.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { topName } from '../../../src/app/command.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { type ReadText, readText } from '../../../src/app/reader/read.ts';
import { type Vocabulary, vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { currencyWord } from '../../../src/app/reader/words.ts';
import { CURRENCIES } from '../../../src/market/currencies.ts';
import { coinWorld } from '../../../src/sample/coin-world/coin-world.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';
import { tableRows } from './table.ts';

/** "Since monday" is another range on a Monday. */
const WEDNESDAY = Date.parse('2026-11-25T09:00:00Z');

let core: TestCore;
let vocabulary: Vocabulary;
beforeAll(async () => {
  core = await openTestCore({ world: coinWorld(), now: () => WEDNESDAY + Math.round(performance.now()) });
  Object.assign(core.subtensor.world.subnet(64), { name: 'Chutes' });
  Object.assign(core.subtensor.world.subnet(4), { name: 'Targon' });
  await core.services.subnets.snapshot();
  await vi.waitUntil(() => core.services.content.index().whole, { timeout: 30_000 });
  vocabulary = vocabularyOf(core.services);
}, 60_000);
afterAll(() => core.close());

const read = (text: string, locale = 'en') => readText(text, COMMANDS, vocabulary, locale);

let asked = 0;
/** Each line comes from a channel of its own, each file's in one language from one person: drafts and alerts must not pile up. Numbers of alerts are those of a list that was seen. */
async function answer(invocation: ReadText, locale: string, id = 'u'): Promise<Card> {
  const place = { tenant: '-', channel: `c${asked++}` };
  const request = { platform: 'terminal', user: { id, canManage: true }, place, locale, via: 'text' } as const;
  if (/^alert (?:pause|resume|delete)$/.test(invocation.command))
    await core.dispatch({ ...request, command: 'alert list', args: {} });
  return core.dispatch({ ...request, ...invocation });
}

const REFUSALS = /^(?:invalid|not-found|error|refused)$/;

describe('text to command', () => {
  it.each(tableRows())('$locale: $text', async ({ file, locale, text, command, args, remark, asks }) => {
    const invocation = read(text, locale);
    const { remarks = [], follows: _follows, ...understood } = invocation;
    expect(understood).toEqual({ command, args });
    expect(remarks.join(' ')).toBe(remark);
    const card = await answer(invocation, locale, `${file} ${locale}`);
    const words = plainText(card).replaceAll(/\s+/g, ' ');
    if (asks === null) expect(card.outcome, words).not.toMatch(REFUSALS);
    else {
      expect(card.outcome).toMatch(REFUSALS);
      expect(words).toContain(asks);
    }
    if (remark !== '') expect(words).toContain(remark.replaceAll('`', ''));
  });

  it('is tried with 400 lines and more, over all commands', () => {
    const rows = tableRows();
    expect(rows.length).toBeGreaterThanOrEqual(400);
    expect(new Set(rows.map(({ text }) => text)).size).toBeGreaterThan(rows.length * 0.95);
    const used = new Set(rows.map(({ command }) => command));
    const untried = COMMANDS.map(({ name }) => name).filter((name) => !used.has(name));
    expect(untried, 'commands without a line in tests/app/reader/table').toEqual([]);
    expect([...new Set(rows.map(({ locale }) => locale))].sort()).toEqual([
      'de',
      'de-CH',
      'en',
      'en-IN',
      'es',
      'fr',
      'ja',
      'pt',
      'ru',
    ]);
  });
});

const HOW_TO_ADD =
  'add a line to tests/app/reader/table with what must be understood, like "en | /coin tao | coin coin=tao"';

describe('every example that people are given is tried', () => {
  const texts = new Set(tableRows().map(({ text }) => text));
  const names = [...new Set(COMMANDS.map(topName))].join('|');

  it('those of the commands', () => {
    const untried = COMMANDS.flatMap(({ example }) => (example === undefined || texts.has(example) ? [] : [example]));
    expect(untried, HOW_TO_ADD).toEqual([]);
  });

  it('those of the README and the docs', () => {
    const root = path.join(import.meta.dirname, '../../..');
    const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).map((file) => `docs/${file}`)];
    const typed = pages
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) => readFileSync(path.join(root, file), 'utf8').split('\n'))
      .flatMap((line) =>
        [...line.matchAll(/`([^`]+)`/g), ...line.matchAll(/^(\/.+)$/g)].map((match) => match[1] ?? ''),
      );
    const commands = typed.filter(
      (text) => new RegExp(`^(?:@taobot )?/?(?:${names}) [^·|<[]+$`).test(text) && /^[/@]/.test(text),
    );
    expect(commands.length).toBeGreaterThan(10);
    const untried = commands.filter((text) => !texts.has(text.trim()));
    expect(untried, HOW_TO_ADD).toEqual([]);
  });
});

describe('every currency beats the tokens that bear its code', () => {
  const fiat = CURRENCIES.filter((code) => currencyWord(code, new Set(CURRENCIES))?.coin === false);
  it.each(fiat)('%s', (code) => {
    expect(vocabulary.coin(code)).not.toBeNull(); // there is such a token in the world
    expect(read(`/price tao ${code}`)).toEqual({ command: 'price', args: { coins: 'tao', currency: code } });
    expect(read(`/coin near ${code}`)).toEqual({ command: 'coin', args: { coin: 'near', currency: code } });
    expect(read(`/convert 5 tao ${code}`).args).toEqual({ amount: '5', from: 'tao', to: code });
    expect(read(`/convert 5 ${code} to tao`).args).toEqual({ amount: '5', from: code, to: 'tao' });
    expect(read(`tao ${code}`)).toEqual({ command: 'price', args: { coins: 'tao', currency: code } });
  });
});

it('says when only the beginning of a long command was read', () => {
  expect(read(`/price tao ${'near '.repeat(200)}`).remarks?.join(' ')).toContain('I read only the beginning');
  expect(read(`/price tao${' '.repeat(3000)}near`).remarks?.join(' ')).toContain('I read only the beginning');
  expect(read('/price tao near').remarks).toBeUndefined();
});
