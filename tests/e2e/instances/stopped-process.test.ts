// A process that was stopped (SIGSTOP) while it asked whose an event is: its timer ends first when it goes on, and the store's answer still counts.
import { expect, it } from 'vitest';
import { createEventInbox } from '../../../src/bots/discord/receive/event-inbox.ts';
import { createSeenEvents } from '../../../src/bots/slack/receive/seen-events.ts';
import { settled } from '../../fakes/clock.ts';

/** A clock and a store; `goOn` is the moment after a stop of `ms`: timers end before the network is read. */
function stage() {
  const [answer, timers] = [Promise.withResolvers<boolean>(), [] as (() => void)[]];
  let time = 0;
  const quiet = () => undefined;
  return {
    options: {
      seenKeys: { seen: () => answer.promise },
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      sleep: () => new Promise<void>((resolve) => void timers.push(resolve)),
      monotonic: () => time,
    },
    answer: answer.resolve,
    async goOn(ms: number): Promise<void> {
      await settled();
      time += ms;
      for (const end of timers.splice(0)) end();
      await settled();
    },
  };
}

const asks = {
  discord: async (options: ReturnType<typeof stage>['options']) =>
    await createEventInbox(options).claim('710000000000000001', 150),
  slack: async (options: ReturnType<typeof stage>['options']) =>
    (await createSeenEvents(options).first(['event:Ev1'])) ? 'ours' : 'taken',
};

it.each(['discord', 'slack'] as const)('%s: somebody else has it after 16 s and after 5 min', async (platform) => {
  for (const stopMs of [16_000, 300_000]) {
    const scene = stage();
    const asked = asks[platform](scene.options);
    await scene.goOn(stopMs);
    scene.answer(true);
    expect(await asked).toBe('taken');
  }
});

it('a store that is silent without a stop is waited for once; after stops, three times at most', async () => {
  const silent = stage();
  const asked = asks.discord(silent.options);
  await silent.goOn(151);
  expect(await asked).toBe('unclear');
  const often = stage();
  const stopped = asks.slack(often.options);
  for (let stop = 0; stop < 3; stop++) await often.goOn(20_000);
  expect(await stopped).toBe('ours');
});
