// Lists of digests: their numbers, the menu, other channels, and who may see and change what.
import { expect, it, describe } from 'vitest';
import { plainText } from '../../src/app/plain-text.ts';
import { buttons, openDigestCommands, type Who } from './digest-commands.ts';

const stage = openDigestCommands();
const { say, ask, create } = stage;

describe('/digest list', () => {
  it('a list of several has a menu: each choice shows that digest with its buttons, to those who manage', async () => {
    const who = { channel: '232323', tenant: 'guild23' };
    await create('09:00 UTC tao', who);
    stage.clock += 1000; // the oldest comes first
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

  it('a number means a line of the list that this person saw last, whatever happened since', async () => {
    const [one, other] = [
      { channel: '444445', tenant: 'guild4a', id: 'one' },
      { channel: '444445', tenant: 'guild4a', id: 'other' },
    ];
    for (const time of ['12:00', '13:00', '14:00']) {
      await create(`${time} UTC`, one);
      stage.clock += 1000;
    }
    await say('/digest list', one);
    await say('/digest list', other);
    expect(plainText(await say('/digest delete 1', other))).toContain('12:00');
    expect(plainText(await say('/digest delete 2', one))).toContain('13:00'); // the list of now would say 14:00
    expect(plainText(await say('/digest delete 2', one))).toContain('No such digest');
    expect((await say('/digest delete 9', one)).outcome).toBe('invalid');
    stage.clock += 61 * 60_000;
    expect(plainText(await say('/digest delete 3', one))).toContain('in no list that you saw lately');
    expect(plainText(await say('/digest list', one))).toContain('1 TAO every day at 14:00');
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
    expect(plainText(everywhere)).toMatch(
      /2 NEAR every day at 10:00 UTC · next .* · another channel · nothing posted yet/,
    );
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
    const who = { channel: '777771', tenant: 'guild7a', id: 'reader' };
    for (let index = 0; index < 22; index++)
      await create(`${String(index).padStart(2, '0')}:00 UTC`, { ...who, channel: `77777${index % 2}` });
    const list = await say('/digest list everywhere', who);
    expect(plainText(list)).toContain('1–20 of 22');
    expect(plainText(list).match(/every day at/g)).toHaveLength(20);
    expect(buttons(list)).toMatchObject([
      { label: 'Next', invocation: { args: { everywhere: 'true', page: '2' } } }, // several: nothing to press for one of them
    ]);
    const last = plainText(await ask({ command: 'digest list', args: { everywhere: 'true', page: '2' } }, who));
    expect(last).toMatch(/21 TAO.*\n.*22 TAO/u);
    expect(last).toContain('21–22 of 22');
    const paused = await say('/digest pause 22', { ...who, manages: () => Promise.resolve(true) });
    expect(plainText(paused)).toContain('Digest paused');
  });

  it('the only digest can be changed from every channel of those who manage its own', async () => {
    const who = { channel: '777781', tenant: 'guild8a' };
    await create('09:00 UTC', { ...who, channel: '777782' });
    const list = await say('/digest list everywhere', who);
    expect(buttons(list)).toMatchObject([{ label: 'Pause' }, {}, {}, {}]);
  });
});
