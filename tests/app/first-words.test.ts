// What a newcomer meets first holds no word of the trade that nobody has told them, on any of the first cards.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/app/commands/index.ts';
import type { Card } from '../../src/app/card.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { readText } from '../../src/app/reader/read.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import { OWN_WELCOME_CARD, WELCOME_CARD } from '../../src/app/welcome-card.ts';
import { openSampleCore } from '../fakes/core.ts';

/** Words of markets, of the chain and of programs; a card of the second level may use them where it explains them. */
const GLOSSARY = `
  FDV, TVL, OHLC, APY, APR, DCA, HODL, TWAP, liquidity, slippage, basis points, order book, hotkey, coldkey,
  dTAO, netuid, metagraph, extrinsic, pallet, tempo, epoch, rao, Yuma, substrate, childkey, take rate,
  vtrust, commit-reveal, runtime, archive node, genesis, UTC offset, IANA, cron, locale, invocation, ledger,
  payload, endpoint, JSON, RPC, API key, cache, upstream, rate limit, idempotent, tenant, undefined, null,
  NaN, stack, boolean
`
  .trim()
  .split(/,\s+/);
const UNEXPLAINED = new RegExp(String.raw`\b(?:${GLOSSARY.join('|')})\b|\{\{`, 'gi');

let core: Awaited<ReturnType<typeof openSampleCore>>;
beforeAll(async () => {
  core = await openSampleCore();
});
afterAll(() => core.close());

let people = 0;
const ask = (text: string): Promise<Card> =>
  core.dispatch({
    platform: 'discord',
    ...readText(text, COMMANDS, vocabularyOf(core.services)),
    user: { id: `u${++people}`, canManage: true },
    place: { tenant: 'g', channel: `c${people}` },
    locale: 'en',
    via: 'text',
  });
/** What stands on the card in a chat: text, labels of buttons, and what a menu offers. */
const wordsOf = (card: Card): string => {
  const labels = card.blocks.flatMap((block) =>
    block.kind === 'buttons'
      ? block.buttons.map(({ label }) => label)
      : block.kind === 'menu'
        ? [block.placeholder, ...block.options.flatMap(({ label, description = '' }) => [label, description])]
        : [],
  );
  return [plainText(card, 'chat'), ...labels].join('\n');
};
/** A word in brackets stands behind what it means: "a numbered market (netuid)". */
const unexplained = (card: Card) =>
  wordsOf(card)
    .replaceAll(/\(\w+\)/g, '')
    .match(UNEXPLAINED) ?? [];

it.each(
  [
    ['hi', 'help', '/help', 'what can you do', 'who are you', 'how do i set up a daily digest', 'wen moon'],
    ['tao', '/coin tao', '/coin btc', '/price tao near', '/chart tao 30d', '/compare tao near', '/convert 2 tao eur'],
    ['/network', '/subnets', '/subnet 64', 'what is a subnet', 'what is bittensor', 'how do i stake', '/faq'],
    ['/digest setup', '/digest create 09:00 UTC', '/digest list', '/alert list', '/alert create tao above 300'],
    ['/privacy export', '/privacy delete', '/coin asdfgh', '/coins tao', 'asdf qwer', '/convert many tao eur'],
  ].flat(),
)('%s', async (text) => {
  expect(unexplained(await ask(text))).toEqual([]);
});

it('the greetings', () => {
  for (const card of [WELCOME_CARD, OWN_WELCOME_CARD]) expect(unexplained(card)).toEqual([]);
});

it('sees a word of the list', () => {
  expect('the netuid and its Rao'.match(UNEXPLAINED)).toEqual(['netuid', 'Rao']);
});
