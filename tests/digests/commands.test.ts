// The digest commands through the real core, as a channel uses them: create with preview and confirmation, list, pause, resume, now, delete; rights and tenants.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeInvocation } from '../../src/app/control-id.ts';
import { type Button, type Card } from '../../src/app/card.ts';
import type { Request } from '../../src/app/command.ts';
import { createComplete } from '../../src/app/input/autocomplete.ts';
import { digestChoices } from '../../src/app/digest/choices.ts';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { digestCard } from '../../src/app/digest/card.ts';
import { createDispatch } from '../../src/app/dispatch.ts';
import { readText } from '../../src/app/reader/read.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { vocabularyOf } from '../../src/app/reader/vocabulary.ts';
import type { Bot } from '../../src/bots/bot.ts';
import { DISCORD_SEND_RULES } from '../../src/bots/discord/send-rules.ts';
import { createTestEngine, type TestEngine } from '../fakes/digest-engine.ts';
import { openTestCore, type TestCore } from '../fakes/core.ts';

let core: TestCore;
let engine: TestEngine;
let clock = Date.parse('2026-11-22T10:00:00Z');
const posted: { channel: string; text: string }[] = [];
const removed: string[] = [];

const bot: Bot = {
  name: 'discord',
  sendRules: DISCORD_SEND_RULES,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  health: () => ({ connected: true, detail: '' }),
  prepare: (card) => Promise.resolve({ json: plainText(card), files: [] }),
  post: (target, body) =>
    Promise.resolve({
      kind: 'sent',
      messageId: `m${posted.push({ channel: target.channel, text: String(body.json) })}`,
    }),
  find: () => Promise.resolve({ kind: 'cannot-see' }),
  remove: (_target, id) => Promise.resolve(void removed.push(id)),
};

beforeAll(async () => {
  core = await openTestCore({ now: () => clock });
  engine = createTestEngine({
    database: core.database,
    bots: new Map([['discord', bot]]),
    render: (order) => digestCard(order, core.services, clock),
    now: () => clock,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
    log: core.log,
  });
  core.services.digests = engine.digests;
});
afterAll(async () => {
  await engine.stop();
  await core.close();
});

type Who = {
  canManage?: boolean;
  tenant?: string;
  channel?: string;
  id?: string;
  platform?: Request['platform'];
  via?: Request['via'];
  manages?: (channel: string) => Promise<boolean>;
};

async function say(text: string, who: Who = {}): Promise<Card> {
  return await ask(readText(text, COMMANDS, vocabularyOf(core.services)), who);
}

async function ask(
  request: Pick<Request, 'command' | 'args'>,
  {
    canManage = true,
    tenant = 'guild1',
    channel = '111111',
    id = String(Math.random()),
    platform = 'discord',
    via = 'command',
    manages,
  }: Who = {},
): Promise<Card> {
  const dispatch = createDispatch({
    commands: COMMANDS,
    services: core.services,
    log: core.log,
    now: () => clock,
    monotonic: () => clock,
  });
  return await dispatch({
    platform,
    ...request,
    user: { id, canManage, ...(manages === undefined ? {} : { manages }) },
    place: { tenant, channel },
    locale: 'en',
    via,
  });
}

const buttons = (card: Card): Button[] =>
  card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));

async function create(text: string, who: Who = {}): Promise<string> {
  const draft = await say(`/digest create ${text}`, who);
  const confirm = buttons(draft).find((button) => button.label === 'Start');
  if (confirm === undefined) throw new Error(plainText(draft));
  encodeInvocation(confirm.invocation); // throws when no platform could carry it
  return plainText(await ask(confirm.invocation, { ...who, via: 'control' }));
}

describe('/digest', () => {
  it('shows what was understood, a preview and the next local run, and starts only when confirmed', async () => {
    const draft = await say('/digest create 9am Europe/Berlin tao', { channel: '222222' });
    expect(draft.private).toBe(true);
    expect(plainText(draft)).toContain(
      'A digest every day at 09:00 Europe/Berlin. Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin). It starts when you confirm.',
    );
    expect(plainText(draft)).toMatch(/Bittensor \(TAO\)/);
    expect(plainText(await say('/digest list', { channel: '222222' }))).toContain('No digests here yet');
    const confirm = buttons(draft).find((button) => button.label === 'Start');
    const card = await ask(confirm?.invocation ?? { command: '', args: {} }, { channel: '222222', via: 'control' });
    expect(plainText(card)).toContain('Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)');
    expect(plainText(card)).toContain('Coins: TAO in USD');
    await ask(confirm?.invocation ?? { command: '', args: {} }, { channel: '222222', via: 'control' });
    expect(plainText(await say('/digest list', { channel: '222222' })).match(/every day/g)).toHaveLength(1);
  });

  it('a list of several has a menu: each choice shows that digest with its buttons, to those who manage', async () => {
    const who = { channel: '232323', tenant: 'guild23' };
    await create('09:00 UTC tao', who);
    clock += 1000; // the oldest comes first
    await create('18:30 UTC near', who);
    const [menu] = (await say('/digest list', who)).blocks.flatMap((block) => (block.kind === 'menu' ? [block] : []));
    expect(menu?.options.map(({ label }) => label)).toEqual([
      '1 TAO every day at 09:00 UTC',
      '2 NEAR every day at 18:30 UTC',
    ]);
    const second = menu?.options[1]?.invocation ?? { command: '', args: {} };
    const card = await ask(second, { ...who, via: 'control' });
    expect(plainText(card)).toContain('every day at 18:30 UTC');
    expect(buttons(card).map(({ label }) => label)).toEqual(['Pause', 'Preview', 'Post now', 'Delete']);
    const member = { ...who, canManage: false };
    expect((await say('/digest list', member)).blocks.some(({ kind }) => kind === 'menu')).toBe(false);
    expect(buttons(await ask(second, { ...member, via: 'control' }))).toEqual([]);
  });

  it('posts at the minute, takes the previous post away when asked to, and posts now on demand', async () => {
    const who = { channel: '333333', tenant: 'guild3' };
    await create('10:30 UTC tao near eur replace', who);
    clock = Date.parse('2026-11-22T10:29:59Z');
    await engine.tick();
    await engine.settled();
    expect(posted.filter((post) => post.channel === '333333')).toHaveLength(0);
    clock = Date.parse('2026-11-22T10:30:01Z');
    await engine.tick();
    await engine.settled();
    await engine.tick();
    const [first] = posted.filter((post) => post.channel === '333333');
    expect(first?.text).toContain(' · Sunday, 22 November 2026');
    expect(first?.text).toMatch(/€/);
    expect(first?.text).toMatch(/- NEAR Protocol \(NEAR\)/);
    expect(plainText(await say('/digest now', who))).toContain('On its way');
    expect(plainText(await say('/digest now', who))).toContain('on its way already');
    await engine.tick();
    await engine.settled();
    expect(posted.filter((post) => post.channel === '333333')).toHaveLength(2);
    expect(removed).toHaveLength(1);
  });

  it('pauses, resumes and deletes by number or id; a paused one does not post', async () => {
    const who = { channel: '444444', tenant: 'guild4', id: 'u4' };
    await create('12:00 UTC', who);
    clock += 1000;
    await create('13:00 UTC weekdays', who);
    expect((await say('/digest pause', who)).outcome).toBe('invalid');
    expect(plainText(await say('/digest pause 1', who))).toContain('the list that you saw last');
    expect(plainText(await say('/digest list', who))).toContain('1 TAO every day at 12:00 UTC');
    expect(plainText(await say('/digest pause 1', who))).toContain('Next: paused');
    clock = Date.parse('2026-11-22T12:00:01Z');
    await engine.tick();
    await engine.settled();
    expect(posted.filter((post) => post.channel === '444444')).toHaveLength(0);
    await say('/digest list', who); // the one before was more than an hour ago
    expect(plainText(await say('/digest resume 1', who))).toContain('Next: Mon 23 Nov 2026, 12:00 (UTC)');
    expect(plainText(await say('/digest list', who))).toContain(
      '2 TAO on weekdays at 13:00 UTC · next Mon 23 Nov 2026',
    );
    const complete = createComplete(core.services, { digest: digestChoices(core.services, 'discord') });
    const query = { command: 'digest delete', arg: 'digest', type: 'digest', text: 'weekdays' } as const;
    const found = await complete({ ...query, place: { tenant: who.tenant, channel: who.channel } });
    expect(found.map((choice) => choice.name)).toEqual(['2 · TAO on weekdays at 13:00 UTC']);
    await say(`/digest delete ${found[0]?.value ?? ''}`, who);
    await say('/digest delete 1', who);
    expect(plainText(await say('/digest list', who))).toContain('No digests here yet');
  });

  it('a number means a line of the list that this person saw last, whatever happened since', async () => {
    const [one, other] = [
      { channel: '444445', tenant: 'guild4a', id: 'one' },
      { channel: '444445', tenant: 'guild4a', id: 'other' },
    ];
    for (const time of ['12:00', '13:00', '14:00']) {
      await create(`${time} UTC`, one);
      clock += 1000;
    }
    await say('/digest list', one);
    await say('/digest list', other);
    expect(plainText(await say('/digest delete 1', other))).toContain('12:00');
    expect(plainText(await say('/digest delete 2', one))).toContain('13:00'); // the list of now would say 14:00
    expect(plainText(await say('/digest delete 2', one))).toContain('No such digest');
    expect((await say('/digest delete 9', one)).outcome).toBe('invalid');
    clock += 61 * 60_000;
    expect(plainText(await say('/digest delete 3', one))).toContain('the list that you saw last');
    expect(plainText(await say('/digest list', one))).toContain('1 TAO every day at 14:00');
  });

  it('offers to replace the same digest or to add a second, and does the one that is pressed, once', async () => {
    const who = { channel: '445555', tenant: 'guild4b' };
    const draft = async () => buttons(await say('/digest create 12:00 UTC', who));
    const press = async (button: Button | undefined) =>
      plainText(await ask(button?.invocation ?? { command: '', args: {} }, { ...who, via: 'control' }));
    const listed = async () => (await engine.digests.list({ ...who, platform: 'discord' })).map(({ id }) => id);
    const [confirm] = await draft();
    await press(confirm);
    const [first] = await listed();
    const again = await draft();
    expect(again.map(({ label }) => label)).toEqual(['Replace it', 'Add a second', 'Change', 'Cancel']);
    for (const { invocation } of again) encodeInvocation(invocation);
    expect(await listed()).toEqual([first]); // nothing happens before somebody presses
    for (let presses = 0; presses < 2; presses++) expect(await press(again[0])).toContain('Digest started');
    const [second, ...more] = await listed();
    expect(more).toEqual([]);
    expect(second).not.toBe(first);
    await press((await draft())[1]);
    expect(await listed()).toHaveLength(2);
  });

  it('lists the digests of other channels everywhere, for those who manage only', async () => {
    const here = { channel: '666661', tenant: 'guild6a' };
    const there = { ...here, channel: '666662' };
    await create('09:00 UTC tao', here);
    await create('10:00 UTC near', there);
    await create('11:00 UTC tao', { ...here, tenant: 'guild6b' });
    const listed = async (who: Who) => plainText(await say('/digest list', who));
    expect(await listed(here)).toContain('1 in other channels');
    const everywhere = await say('/digest list everywhere', here);
    expect(plainText(everywhere)).toMatch(/1 TAO every day at 09:00 UTC · next .* · nothing posted yet/);
    expect(plainText(everywhere)).toMatch(/2 NEAR every day at 10:00 UTC · next .*666662 · nothing posted yet/);
    expect(plainText(everywhere)).not.toContain('11:00');
    expect((await say('/digest list everywhere', { ...here, canManage: false })).outcome).toBe('refused');
    const members = await listed({ ...here, canManage: false });
    expect(members).toContain('09:00');
    expect(members).not.toMatch(/10:00|11:00/);
    expect(await listed({ ...here, channel: '666663', canManage: false })).toContain('No digests here yet');
    expect(await listed({ ...here, tenant: 'guild6c' })).toContain('No digests here yet');
  });

  it('manages a digest of another channel where the asker has the rights there, and not otherwise', async () => {
    const [here, there] = [{ channel: '666671', tenant: 'guild6d', id: 'boss' }, '666672'];
    await create('09:00 UTC', { ...here, channel: there });
    const draft = await say('/digest create 10:00 UTC', { ...here, channel: there });
    const drafted = /\/digest resume (\w+)/.exec(plainText(draft))?.[1] ?? '';
    const asked: string[] = [];
    const allowed = (may: boolean) => ({
      ...here,
      manages: (channel: string) => Promise.resolve(asked.push(channel) > 0 && may),
    });
    await say('/digest list everywhere', here);
    for (const verb of ['pause 1', 'resume 1', 'now 1', 'delete 1', `resume ${drafted}`]) {
      expect(plainText(await say(`/digest ${verb}`, here))).toContain('another channel');
      expect(plainText(await say(`/digest ${verb}`, allowed(false)))).toContain('another channel');
      expect((await say(`/digest ${verb}`, allowed(true))).outcome, verb).toBe('ok');
    }
    expect(new Set(asked)).toEqual(new Set([there]));
  });

  it('says how many digests do not fit the list', async () => {
    const who = { channel: '777771', tenant: 'guild7a' };
    for (let index = 0; index < 22; index++)
      await create(`${String(index).padStart(2, '0')}:00 UTC`, { ...who, channel: `77777${index % 2}` });
    const list = await say('/digest list everywhere', who);
    expect(plainText(list)).toContain('and 2 more');
    expect(plainText(list).match(/every day at/g)).toHaveLength(20);
    expect(buttons(list)).toEqual([]); // several: nothing to press for one of them
  });

  it('checks rights and tenant when acting', async () => {
    const who = { channel: '555555', tenant: 'guild5' };
    await create('09:00 UTC', who);
    const [view] = await engine.digests.list({ platform: 'discord', tenant: 'guild5' });
    for (const verb of ['pause', 'resume', 'delete', 'now', 'create 10:00'])
      expect((await say(`/digest ${verb}`, { ...who, canManage: false })).outcome).toBe('refused');
    for (const verb of ['pause', 'resume', 'delete', 'now', 'preview']) {
      const foreign = await ask(
        { command: `digest ${verb}`, args: { digest: view?.id ?? '' } },
        { tenant: 'guild6', via: 'control' },
      );
      expect(foreign.outcome).toBe('invalid');
      expect(plainText(foreign)).toContain('No such digest');
    }
    expect((await say('/digest create 09:00 <#999999999>', { ...who, via: 'text' })).outcome).toBe('invalid');
    expect((await say('/digest create 09:00', { platform: 'web', tenant: '-' })).outcome).toBe('invalid');
    const other = { ...who, channel: '566666' };
    for (const verb of ['pause', 'resume', 'delete', 'now'])
      expect(plainText(await say(`/digest ${verb} ${view?.id ?? ''}`, other))).toContain('another channel');
    expect((await engine.digests.list({ platform: 'discord', tenant: 'guild5' }))[0]?.status).toBe('active');
  });

  it('is confirmed in words where there are no buttons', async () => {
    const here = { platform: 'terminal', tenant: '-', channel: '-', via: 'text' } as const;
    const typed = /\/digest resume \w+/.exec(plainText(await say('digest create 7.30 Europe/Berlin', here)))?.[0] ?? '';
    expect(plainText(await say(typed, here))).toContain('Next: Mon 23 Nov 2026, 07:30 (Europe/Berlin)');
    expect(plainText(await say('digest create 7.30 #general', here))).toMatch(/not a channel|one channel only/);
  });

  it('refuses what it cannot read, with an example', async () => {
    for (const [text, words] of [
      ['24:00', '00:00'],
      ['25:00', 'not a clock time'],
      ['09:00 Mars/Phobos', 'Did you mean'],
      ['09:00 timezone:EST', 'America/New_York'],
      ['09:00 days:someday', 'weekdays'],
      ['09:00 nosuchcoin', 'I know no coin'],
    ] as const) {
      const card = await say(`/digest create time:${text}`, { tenant: 'guild7' });
      expect(card.outcome, text).toMatch(/invalid|not-found/);
      expect(plainText(card)).toContain(words);
    }
  });

  it('warns in a zone whose law is newer than the data here', async () => {
    const stale = engine.zoneNotes().join(' ');
    const card = await say('/digest create 09:00 America/Havana', { tenant: 'guild8' });
    expect(plainText(card).includes('can be an hour off')).toBe(stale.includes('America/Havana'));
  });
});
