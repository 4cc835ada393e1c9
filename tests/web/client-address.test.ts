// Whose request it is: forwarded headers count only when a trusted proxy wrote them, and IPv6 counts by network.
import { afterEach, describe, expect, it } from 'vitest';
import { createClientOf } from '../../src/web/client-address.ts';
import { createRateLimit } from '../../src/web/rate-limit.ts';
import { openTestSite, type TestSite } from '../fakes/web.ts';

describe('an address', () => {
  const clientOf = createClientOf([]);
  it.each([
    ['203.0.113.5', '203.0.113.5'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', 'unknown'],
  ])('%s counts as %s', (remote, key) => {
    expect(clientOf(remote, undefined)).toEqual({ key, local: false });
  });

  it('of this machine is exempt', () => {
    for (const remote of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])
      expect(clientOf(remote, undefined).local).toBe(true);
  });
});

describe('a forwarded header', () => {
  const behind = (...proxies: string[]) => createClientOf(proxies);
  it('is ignored without a trusted proxy', () => {
    expect(behind()('203.0.113.5', '198.51.100.1').key).toBe('203.0.113.5');
    expect(behind()('127.0.0.1', '198.51.100.1')).toEqual({ key: '127.0.0.1', local: true });
    expect(behind('10.0.0.1')('203.0.113.5', '198.51.100.1').key).toBe('203.0.113.5');
  });

  it.each([
    [['loopback'], '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    [['loopback'], '::1', '198.51.100.1, 203.0.113.7', '203.0.113.7'], // what stands before it is the visitor's own invention
    [['loopback'], '127.0.0.1', '127.0.0.1, 203.0.113.7', '203.0.113.7'],
    [['loopback', '10.0.0.0/8'], '127.0.0.1', '203.0.113.7, 10.1.2.3', '203.0.113.7'],
    [['2001:db8::/32'], '2001:db8::5', '2a00:1:2:3::9', '2a00:1:2:3::/64'],
    [['10.0.0.1'], '::ffff:10.0.0.1', '[2a00:1:2:3::9]:443', '2a00:1:2:3::/64'],
    [['10.0.0.1'], '10.0.0.1', '203.0.113.7:51234', '203.0.113.7'],
    [['10.0.0.1'], '10.0.0.1', '203.0.113.7, garbage', '10.0.0.1'],
    [['10.0.0.1'], '10.0.0.1', 'unknown', '10.0.0.1'],
  ])('behind %j: %s says %s → %s', (proxies, remote, header, key) => {
    expect(behind(...proxies)(remote, header)).toEqual({ key, local: false });
  });

  it('never makes a visitor exempt', () => {
    for (const header of ['127.0.0.1', '::1', '127.0.0.1, 127.0.0.1', ''])
      expect(behind('loopback')('127.0.0.1', header).local).toBe(false);
  });
});

describe('the limiter', () => {
  it('lets this machine pass and makes others wait, one address not for another', () => {
    const clock = { at: 1000 };
    const rateLimit = createRateLimit(() => clock.at);
    const other = (key: string) => ({ key, local: false });
    const waits = Array.from({ length: 40 }, () => rateLimit.take(other('203.0.113.5')));
    expect(waits.slice(0, 30).every((wait) => wait === 0)).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(0);
    expect(rateLimit.take(other('203.0.113.6'))).toBe(0);
    clock.at = 60_000;
    expect(rateLimit.take(other('203.0.113.5'))).toBe(0);
    const own = Array.from({ length: 1000 }, () => rateLimit.take({ key: '127.0.0.1', local: true }));
    expect(own.every((wait) => wait === 0)).toBe(true);
  });
});

describe('the server', () => {
  let site: TestSite | undefined;
  afterEach(async () => {
    await site?.close();
    site = undefined;
  });
  const statuses = async (settings: Record<string, string>) => {
    const clock = Date.now();
    site = await openTestSite({ demo: true, now: () => clock, settings });
    const { base } = site;
    const get = (forwarded: string) => fetch(`${base}/livez`, { headers: { 'x-forwarded-for': forwarded } });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => get(`2001:db8:1:2::${at}`)));
    return { answers, other: await get('2001:db8:1:3::1') };
  };

  it('limits the visitors of a trusted proxy by network', async () => {
    const { answers, other } = await statuses({ TRUSTED_PROXIES: 'loopback' });
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(other.status).toBe(200);
  });

  it('refuses a head in which so many headers stand before the proxy’s that it would not be read', async () => {
    site = await openTestSite({ demo: true, now: Date.now, settings: { TRUSTED_PROXIES: 'loopback' } });
    const crowd = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`a-${at}`, 'x']));
    const answer = await fetch(`${site.base}/livez`, { headers: { ...crowd, 'x-forwarded-for': '203.0.113.5' } });
    expect(answer.status).toBe(431);
  });

  it('does not look at the header of anybody else', async () => {
    const { answers } = await statuses({});
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });
});
