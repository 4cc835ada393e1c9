// V8 takes compiled code only where its flags are those of whoever compiled it; its version tag says whether they are.
import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';
import { afterAll, expect, it } from 'vitest';
import { boundHeapGrowth, loadInTurns } from '../../../src/base/loading/late-modules.ts';

afterAll(() => setFlagsFromString('--heap-growing-percent=0'));

it('what is loaded later finds its code compiled, too: growth is bounded before and after, also when loads overlap or fail', async () => {
  const own = cachedDataVersionTag();
  const seen: number[] = [];
  const look = async () => void seen.push(cachedDataVersionTag());
  await loadInTurns([look]);
  expect(seen).toEqual([own]);
  expect(cachedDataVersionTag()).toBe(own); // a load does not bound it

  boundHeapGrowth();
  const bounded = cachedDataVersionTag();
  expect(bounded).not.toBe(own);
  await loadInTurns([look]);
  expect(seen).toEqual([own, own]);
  expect(cachedDataVersionTag()).toBe(bounded);

  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const long = loadInTurns([async () => (begun.resolve(), await held.promise)]);
  await begun.promise;
  await loadInTurns([look]);
  expect(seen).toEqual([own, own, own]);
  expect(cachedDataVersionTag()).toBe(own); // the other one still loads
  boundHeapGrowth();
  expect(cachedDataVersionTag()).toBe(own);
  held.resolve();
  await long;
  expect(cachedDataVersionTag()).toBe(bounded);

  await expect(loadInTurns([() => Promise.reject(new Error('no such file'))])).rejects.toThrow('no such file');
  expect(cachedDataVersionTag()).toBe(bounded);
});
