// The MCP endpoint as assistants use it: the SDK's own client over HTTP against the real server.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSubnetSite, type SubnetSite } from '../subnets/subnet-site.ts';
import { openTestSite } from '../../fakes/web.ts';

let site: SubnetSite;
let client: Client;
beforeAll(async () => {
  site = await openSubnetSite();
  client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${site.base}/mcp`)));
});
afterAll(async () => {
  await client.close();
  await site.close();
});

type Answer = {
  outcome: string;
  text: string;
  sources: { title: string; url: string | null }[];
  asOf: string | null;
  ageSeconds: number | null;
  card: { blocks: { kind: string; on?: string }[] };
};

async function call(name: string, args: Record<string, unknown>) {
  const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
  return { ...result, answer: result.structuredContent as Answer };
}

describe('an assistant', () => {
  it('finds the tools, all of them for reading', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'coin',
      'price',
      'convert',
      'chart',
      'faq',
      'network',
      'subnet',
      'subnets',
    ]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
  });

  it.each([
    ['coin', { coin: 'tao' }, '$250.28'],
    ['price', { coins: 'tao,near', currency: 'usd' }, '$1.62'],
    ['convert', { amount: 2, from: 'tao', to: 'usd' }, '$500.56'],
    ['network', {}, 'Next halving'],
    ['subnet', { subnet: '64' }, 'SN64'],
    ['subnets', { sort: 'price' }, '128 | Subnet'],
  ])('asks %s and gets words, source and age', async (name, args, words) => {
    const { answer, content, isError } = await call(name, args);
    expect(isError).toBe(false);
    expect(answer.outcome).toBe('ok');
    expect(answer.text).toContain(words);
    expect(content).toContainEqual({ type: 'text', text: answer.text });
    expect(answer.ageSeconds).toBeGreaterThanOrEqual(0);
    expect(Date.parse(answer.asOf ?? '')).toBeLessThanOrEqual(site.clock.now);
    expect(answer.sources.some(({ title }) => /CoinGecko|Subtensor node|Bittensor chain/.test(title))).toBe(true);
  });

  it('gets what a page shows, once: nothing meant for the cards of chats', async () => {
    const { answer } = await call('coin', { coin: 'tao' });
    expect(answer.card.blocks.filter(({ on }) => on === 'chat')).toEqual([]);
    const sources = answer.sources.map(({ title, url }) => `${title} ${url}`);
    expect(new Set(sources).size, sources.join('\n')).toBe(sources.length);
    const { card } = (await (await site.get('/api/ask?q=/coin%20tao')).json()) as { card: Answer['card'] };
    expect(card.blocks.map(({ kind }) => kind)).toEqual(answer.card.blocks.map(({ kind }) => kind));
  });

  it('gets a chart as a picture, and an answer with sources and day', async () => {
    const { content } = await call('chart', { coin: 'tao', range: '7d' });
    expect(content).toContainEqual(expect.objectContaining({ type: 'image', mimeType: 'image/png' }));
    const { answer } = await call('faq', { question: 'what is a subnet?' });
    expect(answer.sources.length).toBeGreaterThan(0);
    expect(answer.text).toMatch(/as of \d+ \w+ 2026/);
  });

  it('hears what is wrong, and cannot reach any other command', async () => {
    expect((await call('coin', { coin: 'nosuchcoinatall' })).isError).toBe(true);
    expect((await client.callTool({ name: 'coin', arguments: {} })).isError).toBe(true);
    expect((await client.callTool({ name: 'digest create', arguments: { time: '09:00' } })).isError).toBe(true);
    expect((await call('faq', { question: 'halving', id: 'halving', vote: 'yes' })).isError).toBe(true);
    expect(await site.core.services.feedback.votes('web:-')).toEqual([]);
  });
});

describe('a name that is no argument', () => {
  it.each([
    ['coin', { coin: 'tao', currencies: 'eur' }, 'unknown: currencies; the arguments are coin, currency'],
    ['price', { coins: 'tao', Currency: 'eur', x: 1 }, 'unknown: Currency, x; the arguments are coins, currency'],
    ['network', { coin: 'tao' }, 'unknown: coin; there are no arguments'],
  ])('of %s is said with those there are, and nothing is answered without it', async (name, args, words) => {
    const { isError, content } = await call(name, args);
    expect(isError).toBe(true);
    expect(JSON.stringify(content)).toContain(words);
  });

  it('is none in the fields of the protocol, and the schema says so before anybody calls', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ inputSchema }) => inputSchema['additionalProperties'])).toEqual(tools.map(() => false));
    const result = await client.callTool({
      name: 'network',
      arguments: {},
      _meta: { progressToken: 7, 'example.com/currencies': 'eur' },
    });
    expect(result.isError).toBe(false);
    expect((await client.callTool({ name: 'network' })).isError).toBe(false);
  });
});

const HELLO = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const JSON_TYPES = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

describe('the endpoint', () => {
  it.each([
    [undefined, 200],
    ['http://localhost:6274', 200],
    ['https://evil.example', 403],
    ['http://localhost.evil.example', 403],
    ['null', 403],
  ])('asked by a page of %s answers %i', async (origin, status) => {
    const headers = { ...JSON_TYPES, ...(origin === undefined ? {} : { origin }) };
    const response = await fetch(`${site.base}/mcp`, { method: 'POST', body: HELLO, headers });
    expect(response.status).toBe(status);
  });

  it('keeps no stream open, and can be turned off', async () => {
    expect((await site.get('/mcp')).status).toBe(405);
    const silent = await openTestSite({ demo: true, settings: { MCP: 'off' } });
    try {
      const response = await fetch(`${silent.base}/mcp`, { method: 'POST', body: HELLO, headers: JSON_TYPES });
      expect(response.status).toBe(404);
    } finally {
      await silent.close();
    }
  });

  it('keeps the pace of the API', async () => {
    const far = await openTestSite({ demo: true, now: () => 0, settings: { TRUSTED_PROXIES: 'loopback' } });
    try {
      const headers = { ...JSON_TYPES, 'x-forwarded-for': '203.0.113.9' };
      const ask = () => fetch(`${far.base}/mcp`, { method: 'POST', body: HELLO, headers });
      const statuses = [];
      for (let count = 0; count < 31; count++) statuses.push((await ask()).status);
      expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
      expect(statuses[30]).toBe(429);
    } finally {
      await far.close();
    }
  });

  it('counts each message of a batch, so that one request does not ask for hundreds of charts', async () => {
    const far = await openTestSite({ demo: true, now: () => 0, settings: { TRUSTED_PROXIES: 'loopback' } });
    try {
      const headers = { ...JSON_TYPES, 'x-forwarded-for': '203.0.113.10' };
      const ask = (count: number) => {
        const batch = Array.from({ length: count }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }));
        return fetch(`${far.base}/mcp`, { method: 'POST', body: JSON.stringify(batch), headers });
      };
      expect(await (await ask(25)).json()).toHaveLength(25);
      const refused = await ask(25);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await ask(1)).status).toBe(429); // what was refused has used up the rest
      expect((await fetch(`${site.base}/mcp`, { method: 'POST', body: '[', headers: JSON_TYPES })).status).toBe(400);
    } finally {
      await far.close();
    }
  });
});
