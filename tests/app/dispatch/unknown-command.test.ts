// What dispatch says to unknown and mistyped command names.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function typed(command: string): Promise<string> {
  const card = await core.dispatch({
    platform: 'terminal',
    command,
    args: {},
    user: { id: 'u', canManage: false },
    place: { tenant: '-', channel: '-' },
    locale: 'en',
    via: 'text',
  });
  expect(card).toMatchObject({ kind: 'error', outcome: 'invalid', private: true });
  return plainText(card);
}

it.each([
  ['pirce', '/price'],
  ['prise', '/price'],
  ['chrat', '/chart'],
  ['convrt', '/convert'],
])('/%s: did you mean %s', async (command, meant) => {
  expect(await typed(command)).toContain(`Did you mean ${meant}?`);
});

it('a name that is like no command gets no guess', async () => {
  const text = await typed('weather');
  expect(text).toContain('There is no command "/weather".');
  expect(text).not.toContain('Did you mean');
});
