// A conversion of a thing into itself says each thing once.
import { expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { openStage } from '../stage.ts';

const stage = openStage();

it.each(['/convert 5 tao tao', '5 tao in tao', '/convert 5 usd usd'])('%s', async (text) => {
  await stage.directory();
  const sentences = plainText(await stage.ask(text)).split(/\n| · |(?<=\.) /);
  expect(sentences.filter((one, index) => sentences.indexOf(one) !== index)).toEqual([]);
});
