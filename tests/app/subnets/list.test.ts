// `/subnets`: every order, ten a page, figures in columns; by risk the facts about the next removal.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isErrorCard } from '../../../src/app/card.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { spanText } from '../../../src/app/card.ts';
import { FIRST_BLOCK } from '../../fakes/subtensor/subtensor-world.ts';
import { controlsOf, find, openStage, recordPast, type SubnetStage } from './scene.ts';

let stage: SubnetStage;
beforeAll(async () => {
  stage = await openStage({ minutes: 0 });
  await recordPast(stage, 30);
  stage.world.subnet(5).emissionOn = false;
  stage.world.subnet(30).movingPrice = 0.0015;
  stage.world.register(12);
  const calm = stage.world.price;
  stage.world.price = (netuid, block) => Math.round(calm(netuid, block) * (netuid === 77 ? 1.1 : 1));
  await stage.minutes(12);
});
afterAll(() => stage.close());

async function numbers(text: string): Promise<number[]> {
  const [table] = find(await stage.ask(text), 'table');
  return (table?.rows ?? []).map(([first = []]) => Number(spanText(first)));
}

describe('/subnets', () => {
  it('ten by market cap, with price, change and cap, and where they come from', async () => {
    const card = await stage.ask('/subnets');
    expect(card).toMatchObject({ kind: 'subnets', outcome: 'ok', subtitle: 'by market cap · 1–10 of 128' });
    const [table] = find(card, 'table');
    expect(table?.columns.map(({ label }) => label)).toEqual(['SN', 'Name', 'Price', '24 h', 'Cap']);
    expect(table?.rows.map((row) => row.map(spanText))[0]).toEqual(['128', 'Subnet n…', '0.0148', '+0.7%', '74K']);
    expect(table?.rows.length).toBe(10);
    expect(plainText(card)).toContain('\nPrices and market caps in τ\nSN | Name');
    expect(plainText(card)).toMatch(/Bittensor chain \(127\.0\.0\.1:\d+\), block 9,240,\d+ · updated/);
  });

  it.each([
    ['price', 128],
    ['change', 77],
    ['new', 12],
    ['risk', 92],
  ])('by %s the first is SN%i', async (sort, first) => {
    expect((await numbers(`/subnets ${sort}`))[0]).toBe(first);
  });

  it('by emission: shares, and which are switched off', async () => {
    const [table] = find(await stage.ask('/subnets emission'), 'table');
    const cells = (table?.rows ?? []).map((row) => spanText(row.at(-1) ?? []));
    expect(cells.every((cell) => cell.startsWith('0.8%'))).toBe(true);
    expect(cells).toContain('0.8% off');
  });

  it('as many as were asked for, also on the next page', async () => {
    const card = await stage.ask('top 5 subnets by emission');
    expect(card).toMatchObject({ subtitle: 'by share of emission · 1–5 of 128' });
    expect(find(card, 'table')[0]?.rows.length).toBe(5);
    const next = controlsOf(card).find(({ label }) => label === 'Next');
    expect(next?.invocation.args).toEqual({ sort: 'emission', count: '5', page: '2' });
    expect(await stage.ask('', next?.invocation)).toMatchObject({ subtitle: 'by share of emission · 6–10 of 128' });
  });

  it('the buttons walk all pages, once each, and keep the order', async () => {
    const seen: number[] = [];
    let card = await stage.ask('/subnets price');
    for (let page = 1; page <= 13; page++) {
      seen.push(...(find(card, 'table')[0]?.rows ?? []).map(([first = []]) => Number(spanText(first))));
      const next = controlsOf(card).find(({ label }) => label === 'Next');
      expect(next === undefined).toBe(page === 13);
      if (next !== undefined) card = await stage.ask('', { ...next.invocation, via: 'control' });
    }
    expect(new Set(seen).size).toBe(128);
    expect(card.subtitle).toBe('by price · 121–128 of 128');
  });

  it('every control leads to a card; a page beyond the last is the last', async () => {
    for (const sort of ['cap', 'risk'])
      for (const { invocation } of controlsOf(await stage.ask(`/subnets ${sort}`)))
        expect(isErrorCard(await stage.ask('', { ...invocation, via: 'control' }))).toBe(false);
    const far = await stage.ask('', { command: 'subnets', args: { page: '1e99' }, via: 'control' });
    expect(far.subtitle).toBe('by market cap · 121–128 of 128');
  });
});

describe('/subnets risk', () => {
  it('who is next, by how much, registration, price of a new one, what holders got, and no advice', async () => {
    const words = await stage.words('/subnets risk');
    for (const part of [
      'Next to be removed: Subnet name 92 \\(SN92\\), moving price 0\\.001360 τ',
      'Then: Subnet name 30 \\(SN30\\), moving price 0\\.001500 τ',
      'Slots: 128 of 128 taken: a new subnet replaces the next to be removed',
      'Registration: closed, opens in about 48 h',
      'Price of a new subnet: 962\\.89 τ \\(\\$24\\d,\\d{3}\\)|Price of a new subnet: 962\\.89 τ \\(\\$241K\\)',
      'At past removals holders got roughly a third to two thirds .* \\(reported, as of 8 Oct 2026\\)\\.',
    ])
      expect(words).toMatch(new RegExp(part));
    expect(words).not.toMatch(/should|avoid|sell|buy|recommend/i);
  });

  it('leaves the protected out of the line, and leads to the FAQ', async () => {
    const card = await stage.ask('/subnets risk');
    expect(card.subtitle).toBe('by place in the line for removal · 1–10 of 127');
    const faq = controlsOf(card).find(({ label }) => label === 'What happens at a removal?');
    expect((await stage.ask('', { ...faq?.invocation, via: 'control' })).title).toBe(
      'Can a subnet be removed or deregistered?',
    );
  });
});

it('what the chain did not say yet is named as unknown', async () => {
  const early = await openStage({ minutes: 0 });
  expect(await early.words('/subnets risk')).toMatch(/Price of a new subnet: not known right now/);
  await early.close();
});

it('an order by what is known of no subnet yet is none, and says so', async () => {
  const early = await openStage({ minutes: 0 });
  const card = await early.ask('gainers');
  expect(card.subtitle).toBe('by number, because no 24 h change is known right now · 1–10 of 128');
  expect(plainText(card)).toContain('\nPrices in τ\nSN | Name');
  expect(await early.ask('/subnets price')).toMatchObject({ subtitle: 'by price · 1–10 of 128' });
  await early.close();
});

it('a line for removal that nobody stands in is no table', async () => {
  const young = await openStage({ minutes: 0 });
  for (const subnet of young.world.subnets) subnet.registeredAt = FIRST_BLOCK - 10;
  const card = await young.ask('/subnets risk');
  expect(card.subtitle).toBe('by place in the line for removal · none in it that I know of');
  expect(find(card, 'table')).toEqual([]);
  expect(controlsOf(card).some(({ label }) => label === 'Next')).toBe(false);
  await young.close();
});

it('no snapshot: the reason', async () => {
  const empty = await openStage({ minutes: 0 });
  empty.node.fault = { kind: 'status', status: 503 };
  const card = await empty.ask('/subnets');
  expect(card.outcome).toBe('unavailable');
  expect(plainText(card)).toMatch(/Subnet prices are unavailable: /);
  await empty.close();
});
