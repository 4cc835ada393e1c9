// Questions that have one safe answer get it, and those about what has happened do not.
import { expect, it } from 'vitest';
import { asksAboutScam } from '../../../src/app/reader/wishes/scam-question.ts';

it.each([
  'is my wallet safe if i share my seed phrase?',
  'support asked for my coldkey mnemonic is it ok',
  'should I give my private key to an admin',
  'an admin wants my 12 words, what do i do',
  'can i type my seed phrase into a website',
  'is this a scam: http://tao-airdrop.xyz',
  'is https://claim-tao.example legit',
])('%s', (text) => expect(asksAboutScam(text)).toBe(true));

it.each([
  'I shared my seed phrase by accident',
  'my seed phrase leaked, what now',
  'i lost my mnemonic',
  'how do i write down my seed phrase',
  'where is the private key stored',
  'what is a mnemonic',
  'is the bridge safe',
  'https://docs.learnbittensor.org what is staking',
  'how do i share my validator take',
])('not: %s', (text) => expect(asksAboutScam(text)).toBe(false));
