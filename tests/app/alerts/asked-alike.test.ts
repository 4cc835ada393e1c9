// However somebody asks to be told of a price, the same becomes of it: an alert, or the same refusal with the same helpful words.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { readText } from '../../../src/app/reader/read.ts';
import { vocabularyOf } from '../../../src/app/reader/vocabulary.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const read = (text: string) => {
  const { remarks: _remarks, ...read } = readText(text, COMMANDS, vocabularyOf(core.services), 'en');
  return read;
};

const MOVES =
  `jumps $50;gains 20 dollars;loses 50;dips 10%;crashes;crashes 20%;drops;falls hard;rallies 10%;spikes 10%;tanks;plunges 30%;soars 20%;
  surges 20%;slips under 200;slides to 200;bounces to 300;recovers to 300;passes 500;surpasses 400;tops 400;costs 400;is worth 400;swings 5%;
  doubles;is up 50;is down $20;pumps;dumps 10%;moons;climbs 30 dollars;sinks 20;trades at 300;breaks 400;touches 400;goes to 400;moves 5%`
    .split(';')
    .map((move) => move.trim());
const WAYS = [
  'tell me when',
  'tell me if',
  'let me know when',
  'let me know if',
  'dm me when',
  'message me if',
  'lmk when',
  'ping me once',
];

it.each(MOVES)('tao %s', (move) => {
  const alert = read(`alert me when tao ${move}`);
  expect(alert.command).toBe('alert create');
  for (const way of WAYS) expect(read(`${way} tao ${move}`), way).toEqual(alert);
});

it.each([
  'tell me when the next halving is',
  'tell me when tao launched',
  'tell me when tao was created',
  'tell me when i can unstake',
  'tell me when staking rewards are paid',
  'let me know if staking is safe',
  'tell me when to buy tao',
  'let me know when you are back',
  'tell me if tao is a scam',
  'tell me what drops mean for tao',
  'tell me when tao halves',
])('%s: a question', (text) => {
  expect(read(text).command).not.toBe('alert create');
});
