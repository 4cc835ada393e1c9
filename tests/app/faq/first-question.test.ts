// The first question loads the FAQ's model: it must not hold everybody else for a third of a second.
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openTestCore } from '../../fakes/core.ts';

it('leaves many turns for others while the model is read', async () => {
  const core = await openTestCore({ demo: true });
  const { faq } = core.services.content;
  const state = { begun: false, done: false };
  faq.values = () => {
    state.begun = true; // the file is unpacked by then, the index is next
    return Map.prototype.values.call(faq);
  };
  const asked = core
    .dispatch({
      platform: 'discord',
      command: 'faq',
      args: { question: 'what is a subnet?' },
      user: { id: 'u', canManage: false },
      place: { tenant: 't', channel: 'c' },
      locale: 'en',
      via: 'command',
    })
    .finally(() => (state.done = true));
  let turns = 0;
  for (; !state.done; turns += Number(state.begun)) await turn();
  expect((await asked).outcome).toBe('ok');
  expect(turns).toBeGreaterThan(150);
  await core.close();
});
