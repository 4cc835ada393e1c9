// Questions that have one safe answer get it, and those about what has happened do not.
import { expect, it } from 'vitest';
import { asksAboutScam, asksWhereSeedGoes } from '../../../src/app/reader/wishes/scam-question.ts';

it.each([
  'is my wallet safe if i share my seed phrase?',
  'support asked for my coldkey mnemonic is it ok',
  'should I give my private key to an admin',
  'an admin wants my 12 words, what do i do',
  'can i type my seed phrase into a website',
  'is this a scam: http://tao-airdrop.xyz',
  'is https://claim-tao.example legit',
  'is bittensorwallet.app legit',
  'tao-claim.xyz scam or not',
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
  'how do i claim root rewards on tao.app',
  'is the price on taostats.io real time',
  'is polkadot.js safe',
])('not: %s', (text) => expect(asksAboutScam(text)).toBe(false));

it.each([
  'where do I enter my seed to stake',
  'do i need to type my 12 words on taostats to see my rewards',
  'paste private key to claim rewards',
  'where must i put the mnemonic for unstaking',
])('the seed is not needed: %s', (text) => expect(asksWhereSeedGoes(text)).toBe(true));

it.each([
  'i entered my seed phrase on a staking site',
  'can i unstake when i lost the seed phrase',
  'how do i write down my seed phrase',
  'where do i enter the amount to stake',
  'what do i need to stake',
  'seed round of the project, who put money in',
])('not about entering it: %s', (text) => expect(asksWhereSeedGoes(text)).toBe(false));
