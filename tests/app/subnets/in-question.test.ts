// Subnets named in questions: numbers that cannot exist, and questions about one subnet that have a general answer.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { controlsOf, openStage, type SubnetStage } from './scene.ts';

let stage: SubnetStage;
beforeAll(async () => (stage = await openStage()));
afterAll(() => stage.close());

it('a number above the limit of the chain cannot be free', async () => {
  const words = await stage.words('subnet 999');
  expect(words).toContain('The chain allows 128 subnets, numbered 1 to 128.');
  expect(words).not.toContain('may be free');
});

it.each([
  ['how do i mine on subnet 64', 'How do I start mining on Bittensor?'],
  ['register on subnet 64', 'How do I start mining on Bittensor?'],
])('%s: the answer is about any subnet, and the number is kept', async (text, title) => {
  const card = await stage.ask(text);
  expect(card).toMatchObject({ title });
  expect(controlsOf(card).at(-1)).toMatchObject({ invocation: { command: 'subnet', args: { subnet: 'sn64' } } });
});

it('a subnet that does not exist gets no button', async () => {
  expect(plainText(await stage.ask('how do i mine on subnet 900'))).not.toContain('SN900');
});
