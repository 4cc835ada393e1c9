// What is stored about a person can be seen and is gone when they say so, down to the bytes of the file.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { plainText } from '../../../src/app/plain-text.ts';
import { directTarget } from '../../../src/base/direct-target.ts';
import { deliveryRow } from '../../../src/delivery/port.ts';
import { createBodies } from '../../../src/store/delivery/bodies.ts';
import { addDelivery } from '../../../src/store/delivery/deliveries.ts';
import { storeBody } from '../../contracts/store/rows.ts';
import { sqliteFile } from '../../delivery/stage.ts';
import { openTestCore, type TestCore } from '../../fakes/core.ts';

const [ALICE, BOB] = ['700000000000031337', '700000000000099999'];
const START = Date.parse('2026-11-20T12:00:00Z');

let core: TestCore;
let place: ReturnType<typeof sqliteFile>;
beforeEach(async () => {
  place = sqliteFile();
  core = await openTestCore({ now: () => START, settings: { DATABASE_URL: place.url } });
});
afterEach(async () => {
  await core.close();
  place.remove();
});

function ask(user: string, command: string, args: Record<string, string> = {}, platform = 'discord', tenant = 'g1') {
  return core.dispatch({
    platform,
    command,
    args,
    user: { id: user, canManage: true },
    place: { tenant, channel: 'c1' },
    locale: 'en',
    via: 'command',
  });
}

/** The arguments of the button that a card ends in. */
function pressed({ blocks }: Card): Record<string, string> {
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  return { ...buttons.at(-1)?.invocation.args };
}

/** Files of the database that hold these bytes. */
function holding(text: string): string[] {
  const folder = path.dirname(place.file);
  return readdirSync(folder).filter((name) => readFileSync(path.join(folder, name)).includes(text));
}

async function live(user: string): Promise<void> {
  await ask(user, 'alert create', { condition: 'above 900', target: 'tao' });
  await ask(user, 'alert create', { condition: 'above 900', target: 'tao' }, 'discord', 'g2');
  const preview = await ask(user, 'digest create', { time: '09:00', timezone: 'UTC' });
  const buttons = preview.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const confirm = buttons.find(({ invocation }) => invocation.args['confirm'] !== undefined);
  await ask(user, 'digest create', { ...confirm?.invocation.args });
}

it('shows alerts and digests of all servers, and asks before it deletes', async () => {
  await live(ALICE);
  expect(plainText(await ask(ALICE, 'privacy export'))).toMatch(
    /Alert .* a direct message to you · 0 in its history [\s\S]*Alert [\s\S]*Digest .* this channel · 09:00 UTC, daily /,
  );
  const question = await ask(ALICE, 'privacy delete');
  expect(plainText(question)).toContain('2 alerts with all history go; 1 digest stays for the channel');
  expect(plainText(await ask(ALICE, 'privacy export'))).toContain('Alert ');
  expect(question.private).toBe(true);
  await ask(ALICE, 'digest create', { time: '10:00', timezone: 'UTC' });
  expect(plainText(await ask(ALICE, 'privacy delete'))).toContain('1 digest that nobody started goes.');
});

it('leaves no byte of the id behind, the digest of the channel running, and others untouched', async () => {
  await live(ALICE);
  await ask(BOB, 'alert create', { condition: 'above 901', target: 'tao' });
  expect(holding(ALICE)).not.toEqual([]);
  const done = await ask(ALICE, 'privacy delete', pressed(await ask(ALICE, 'privacy delete')));
  expect(plainText(done)).toContain('2 alerts with all history are gone');
  expect(plainText(await ask(ALICE, 'privacy export'))).toContain('Nothing.');
  expect(holding(ALICE)).toEqual([]);
  expect(plainText(await ask('1', 'digest list'))).toContain('09:00 UTC');
  expect(plainText(await ask(BOB, 'privacy export'))).toContain('Alert ');
});

it('a direct message that somebody was sent goes as well, also where nothing else is stored of them', async () => {
  const place = { platform: 'discord', tenant: 'g1', channel: directTarget(ALICE) };
  const when = { occurrence: 'dead-1', dueAt: START, expiresAt: START, priority: 2 };
  await addDelivery(core.database, deliveryRow({ kind: 'digest-stopped', ownerId: 's1', ...place, ...when }));
  expect(plainText(await ask(ALICE, 'privacy export'))).toContain('1 direct message to you');
  expect(plainText(await ask(BOB, 'privacy export'))).toContain('Nothing.');
  const done = await ask(ALICE, 'privacy delete', pressed(await ask(ALICE, 'privacy delete')));
  expect(plainText(done)).toContain('1 direct message to you is gone');
  expect(holding(ALICE)).toEqual([]);
});

it('a deleted alert takes its messages and their text along', async () => {
  await ask(ALICE, 'alert create', { condition: 'above 900', target: 'tao' });
  const { id } = await core.database.sql.selectFrom('alert').select('id').executeTakeFirstOrThrow();
  const told = { kind: 'alert', ownerId: id, occurrence: 'c1', platform: 'discord', tenant: 'g1', priority: 0 };
  const row = deliveryRow({ ...told, channel: 'c1', dueAt: START, expiresAt: START });
  const body = await storeBody(core.database, `{"text":"<@${ALICE}>"}`, START);
  await addDelivery(core.database, { ...row, state: 'sent', not_before: null, body_id: body });
  await ask(ALICE, 'alert delete', { alert: id });
  const left = core.database.sql.selectFrom('delivery').select('id');
  expect([await left.execute(), await createBodies(core.database).load(body)]).toEqual([[], null]);
});

it('looks at one workspace only in Slack, where ids mean nothing elsewhere', async () => {
  await ask('U1', 'alert create', { condition: 'above 900', target: 'tao' }, 'slack', 'T1');
  await ask('U1', 'alert create', { condition: 'above 900', target: 'tao' }, 'slack', 'T2');
  await ask('U1', 'privacy delete', { confirm: 'true' }, 'slack', 'T1');
  expect(plainText(await ask('U1', 'privacy export', {}, 'slack', 'T1'))).toContain('Nothing.');
  expect(plainText(await ask('U1', 'privacy export', {}, 'slack', 'T2'))).toContain('Alert ');
});

it('the web page knows nobody: it says where alerts live, and has none', async () => {
  for (const command of ['alert list', 'alert history', 'alert pause', 'alert delete'])
    expect(plainText(await ask('visitor', command, {}, 'web', '-'))).toContain('Alerts live where I can write to you');
});

it('of a daily post to oneself nothing stays either', async () => {
  const channel = directTarget(ALICE);
  const own = (command: string, args: Record<string, string> = {}) =>
    core.dispatch({
      platform: 'slack',
      command,
      args,
      user: { id: ALICE, canManage: true },
      place: { tenant: 'T1', channel },
      locale: 'en',
      via: 'control',
    });
  const preview = await own('digest create', { time: '09:00', timezone: 'UTC' });
  const buttons = preview.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  await own('digest create', { ...buttons[0]?.invocation.args });
  const question = await own('privacy delete');
  expect(plainText(question)).toContain('1 daily post to you goes. This cannot be undone.');
  expect(plainText(await own('privacy delete', pressed(question)))).toContain('1 daily post to you is gone.');
  expect(await core.database.sql.selectFrom('subscription').selectAll().execute()).toEqual([]);
  expect(holding(ALICE)).toEqual([]);
});
