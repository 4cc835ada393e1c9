// The digest commands as a channel uses them: create with preview and confirmation, pause, resume, now, delete; rights and tenants.
import { expect, it, describe } from 'vitest';
import { encodeInvocation } from '../../src/app/control-id.ts';
import type { Button, Card } from '../../src/app/card.ts';
import { createComplete } from '../../src/app/input/autocomplete.ts';
import { digestChoices } from '../../src/app/digest/choices.ts';
import { plainText } from '../../src/app/plain-text.ts';
import { buttons, openDigestCommands } from './digest-commands.ts';

const stage = openDigestCommands();
const { posted, removed, say, ask, create } = stage;

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

  it('Cancel forgets a draft, and says of a digest that was started meanwhile that it runs', async () => {
    const where = { channel: '232323', tenant: 'guild23' };
    const press = async (card: Card, label: string) => {
      const found = buttons(card).find((button) => button.label === label);
      return await ask(found?.invocation ?? { command: '', args: {} }, { ...where, via: 'control' });
    };
    const forgotten = await say('/digest create 9am UTC tao', where);
    expect(plainText(await press(forgotten, 'Cancel'))).toContain('nothing will be posted');
    expect(plainText(await press(forgotten, 'Start'))).toContain('No such digest here');
    const started = await say('/digest create 10am UTC tao', where);
    await press(started, 'Start');
    const late = await press(started, 'Cancel');
    expect(plainText(late)).toContain('It was started already: every day at 10:00 UTC.');
    expect(plainText(late)).not.toContain('nothing will be posted');
    expect(buttons(late).map(({ label }) => label)).toContain('Delete');
  });

  it('posts at the minute, takes the previous post away when asked to, and posts now on demand', async () => {
    const who = { channel: '333333', tenant: 'guild3' };
    await create('10:30 UTC tao near eur replace', who);
    stage.clock = Date.parse('2026-11-22T10:29:59Z');
    await stage.engine.tick();
    await stage.engine.settled();
    expect(posted.filter((post) => post.channel === '333333')).toHaveLength(0);
    stage.clock = Date.parse('2026-11-22T10:30:01Z');
    await stage.engine.tick();
    await stage.engine.settled();
    await stage.engine.tick();
    const [first] = posted.filter((post) => post.channel === '333333');
    expect(first?.text).toContain(' · Sunday, 22 November 2026');
    expect(first?.text).toMatch(/€/);
    expect(first?.text).toMatch(/- NEAR Protocol \(NEAR\)/);
    expect(plainText(await say('/digest now', who))).toContain('On its way');
    expect(plainText(await say('/digest now', who))).toContain('on its way already');
    await stage.engine.tick();
    await stage.engine.settled();
    expect(posted.filter((post) => post.channel === '333333')).toHaveLength(2);
    expect(removed).toHaveLength(1);
  });

  it('pauses, resumes and deletes by number or id; a paused one does not post', async () => {
    const who = { channel: '444444', tenant: 'guild4', id: 'u4' };
    await create('12:00 UTC', who);
    stage.clock += 1000;
    await create('13:00 UTC weekdays', who);
    expect((await say('/digest pause', who)).outcome).toBe('invalid');
    expect(plainText(await say('/digest pause 1', who))).toContain('in no list that you saw lately');
    expect(plainText(await say('/digest list', who))).toContain('1 TAO every day at 12:00 UTC');
    expect(plainText(await say('/digest pause 1', who))).toContain('Next: paused');
    stage.clock = Date.parse('2026-11-22T12:00:01Z');
    await stage.engine.tick();
    await stage.engine.settled();
    expect(posted.filter((post) => post.channel === '444444')).toHaveLength(0);
    await say('/digest list', who); // the one before was more than an hour ago
    expect(plainText(await say('/digest resume 1', who))).toContain('Next: Mon 23 Nov 2026, 12:00 (UTC)');
    expect(plainText(await say('/digest list', who))).toContain(
      '2 TAO on weekdays at 13:00 UTC · next Mon 23 Nov 2026',
    );
    const complete = createComplete(stage.core.services, { digest: digestChoices(stage.core.services, 'discord') });
    const query = { command: 'digest delete', arg: 'digest', type: 'digest', text: 'weekdays' } as const;
    const found = await complete({ ...query, place: { tenant: who.tenant, channel: who.channel } });
    expect(found.map((choice) => choice.name)).toEqual(['2 · TAO on weekdays at 13:00 UTC']);
    await say(`/digest delete ${found[0]?.value ?? ''}`, who);
    await say('/digest delete 1', who);
    expect(plainText(await say('/digest list', who))).toContain('No digests here yet');
  });

  it('offers to replace the same digest or to add a second, and does the one that is pressed, once', async () => {
    const who = { channel: '445555', tenant: 'guild4b' };
    const draft = async () => buttons(await say('/digest create 12:00 UTC', who));
    const press = async (button: Button | undefined) =>
      plainText(await ask(button?.invocation ?? { command: '', args: {} }, { ...who, via: 'control' }));
    const listed = async () => (await stage.engine.digests.list({ ...who, platform: 'discord' })).map(({ id }) => id);
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

  it('checks rights and tenant when acting', async () => {
    const who = { channel: '555555', tenant: 'guild5' };
    await create('09:00 UTC', who);
    const [view] = await stage.engine.digests.list({ platform: 'discord', tenant: 'guild5' });
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
    expect((await say('/digest create 09:00', { platform: 'web', tenant: '-' })).outcome).toBe('refused');
    const other = { ...who, channel: '566666' };
    for (const verb of ['pause', 'resume', 'delete', 'now'])
      expect(plainText(await say(`/digest ${verb} ${view?.id ?? ''}`, other))).toContain('another channel');
    expect((await stage.engine.digests.list({ platform: 'discord', tenant: 'guild5' }))[0]?.status).toBe('active');
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
    const stale = stage.engine.zoneNotes().join(' ');
    const card = await say('/digest create 09:00 America/Havana', { tenant: 'guild8' });
    expect(plainText(card).includes('can be an hour off')).toBe(stale.includes('America/Havana'));
  });
});
