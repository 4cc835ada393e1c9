// Small hashes and chance: repeatable numbers from texts and seeds, and lots, which are handed to every room that draws so that tests can draw the same again.
import { randomInt } from 'node:crypto';

/** FNV-1a over UTF-16 code units, unsigned 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number from 0 to below 1. */
export type Random = () => number;

const STEPS = 2 ** 48 - 1;

/** The real thing: nobody can foretell it. */
export const realRandom: Random = () => randomInt(STEPS) / STEPS;

const LETTERS = '23456789abcdefghjkmnpqrstvwxyz'; // without letters that are mistaken for others

/** An id for people to type: so many letters and digits, each drawn by lot. */
export function drawnId(length: number, random: Random): string {
  return Array.from({ length }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
}
