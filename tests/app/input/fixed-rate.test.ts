// A coin in its own units is converted without any price.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
  core.gecko.fault = { kind: 'status', status: 500 };
});
afterAll(() => core.close());

const asked = async (text: string) => {
  const invocation = readText(text, COMMANDS, vocabularyOf(core.services));
  const place = { tenant: '-', channel: '-' };
  const request = { platform: 'terminal', user: { id: 'u', canManage: true }, place, locale: 'en' } as const;
  return plainText(await core.dispatch({ ...request, ...invocation, via: 'text' }));
};

it.each([
  ['1 tao in rao', '1,000,000,000 RAO'],
  ['/convert 2500000000 rao tao', '2.5 TAO'],
  ['1 btc in sats', '100,000,000'],
  ['1 wei in eth', '1 ETH = 1,000,000,000,000,000,000 wei'],
  ['1 eth in wei', '1,000,000,000,000,000,000 wei'],
])('%s while no price can be had', async (text, result) => {
  const words = await asked(text);
  expect(words).toContain(result);
  expect(words).toContain('Always: it is the same coin in other units.');
});

it('from one coin to the unit of another there is no fixed rate', async () => {
  expect(await asked('1 btc in rao')).toContain('No rate right now');
});
