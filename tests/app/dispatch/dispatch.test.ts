// What stands between a request and its command: rights, the cool-down, our own bugs, one line of log.
import { describe, expect, it } from 'vitest';
import { plainText } from '../../../src/app/plain-text.ts';
import { openStage } from '../stage.ts';

const stage = openStage();

describe('the door', () => {
  it('refuses what only managers may, and too many requests from one person only', async () => {
    expect((await stage.ask('/faq-gaps')).outcome).toBe('refused');
    const burst = [];
    for (let index = 0; index < 17; index++)
      burst.push(await stage.ask('/help', { platform: 'discord', user: { id: 'busy', canManage: false } }));
    expect(burst.map((card) => card.outcome)).toEqual([
      ...Array.from({ length: 15 }, () => 'ok'),
      'refused',
      'refused',
    ]);
    expect((await stage.ask('/help', { platform: 'discord', user: { id: 'other', canManage: false } })).outcome).toBe(
      'ok',
    );
  });

  it('suggests the command meant', async () => {
    expect(plainText(await stage.ask('/pric tao'))).toContain('/price');
  });

  it('turns our own bug into a calm card with the reference that is in the log', async () => {
    const broken = {
      ...stage.core.services.content,
      coins: {
        get: () => {
          throw new Error('boom');
        },
      },
    };
    Object.assign(stage.core.services, { content: broken });
    const card = await stage.ask('/coin tao');
    expect(card.outcome).toBe('error');
    const reference = /reference: (\w+)/.exec(plainText(card))?.[1] ?? 'none';
    expect(stage.core.lines.join('\n')).toContain(reference);
    expect(plainText(card)).not.toContain('boom');
  });

  it('writes one line per request, without the words', async () => {
    await stage.ask('/faq my secret words');
    const line = stage.core.lines.find((candidate) => candidate.includes('"request"')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      platform: 'terminal',
      command: 'faq',
      outcome: expect.any(String) as string,
      ms: expect.any(Number) as number,
    });
    expect(stage.core.lines.join('')).not.toContain('my secret words');
  });
});
