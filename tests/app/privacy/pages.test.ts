// `/privacy export` of somebody with very much: every line can be reached, and each page fits a message of both platforms, whole.
import { expect, it } from 'vitest';
import type { Card } from '../../../src/app/card.ts';
import { createLinkPolicy } from '../../../src/bots/discord/render/escape.ts';
import { renderCard as renderDiscord } from '../../../src/bots/discord/render/render.ts';
import { renderCard as renderSlack } from '../../../src/bots/slack/render/render.ts';
import { find, openStage } from '../stage.ts';

const stage = openStage();
const ALERTS = 100;
const DIGESTS = 100;
const spec = (index: number) =>
  JSON.stringify({ no: index, coins: 'bittensor,near,fetch-ai,render-token,internet-computer', more: 'x'.repeat(180) });

async function fill(): Promise<void> {
  const { database } = stage.core;
  await stage.ask('/alert create tao above 900');
  const alert = await database.sql.selectFrom('alert').selectAll().executeTakeFirstOrThrow();
  for (let index = 1; index < ALERTS; index++)
    await database.sql
      .insertInto('alert')
      .values({ ...alert, id: `a${index}`, spec: spec(index) })
      .execute();
  const preview = await stage.ask('/digest create 09:00 UTC', { user: { id: 'u', canManage: true } });
  const buttons = find(preview, 'buttons').flatMap((block) => block.buttons);
  const confirm = buttons.find(({ invocation }) => invocation.args['confirm'] !== undefined)?.invocation;
  await stage.ask('', { ...confirm, user: { id: 'u', canManage: true } });
  const digest = await database.sql.selectFrom('subscription').selectAll().executeTakeFirstOrThrow();
  for (let index = 1; index < DIGESTS; index++)
    await database.sql
      .insertInto('subscription')
      .values({
        ...digest,

        id: `d${index}`,
        channel: `c${index}`,
        spec: spec(index),
      })
      .execute();
}

const itemsOf = (card: Card) => find(card, 'list').flatMap(({ items }) => items.map((item) => JSON.stringify(item)));
const LINKS = createLinkPolicy([]);

it('100 alerts and 100 digests: all of them, a page at a time', async () => {
  await fill();
  const seen: string[] = [];
  let card = await stage.ask('/privacy export');
  for (let page = 0; page < 60; page++) {
    const items = itemsOf(card);
    seen.push(...items);
    const [discord, slack] = [JSON.stringify(renderDiscord(card, { links: LINKS })), JSON.stringify(renderSlack(card))];
    for (const [index] of items.entries()) {
      const no = /no\\*":(\d+)/.exec(items[index] ?? '')?.[1];
      if (no !== undefined) for (const sent of [discord, slack]) expect(sent).toMatch(new RegExp(`no\\\\*":${no}\\b`));
    }
    const next = find(card, 'buttons')
      .flatMap(({ buttons }) => buttons)
      .find(({ label }) => label === 'Next page');
    if (next === undefined) break;
    card = await stage.ask('', { ...next.invocation, via: 'control' });
  }
  expect(new Set(seen).size).toBe(ALERTS + DIGESTS);
  for (let index = 1; index < ALERTS; index++)
    expect(seen.filter((item) => item.includes(spec(index).replaceAll('"', '\\"')))).toHaveLength(2);
});

it('a page that is not there is the last one', async () => {
  await fill();
  const card = await stage.ask('', { command: 'privacy export', args: { page: '999' }, via: 'control' });
  expect(itemsOf(card).length).toBeGreaterThan(0);
});
