// The renderer alone: limits, visible shortening, unique ids, and the tag of a scheduled post.
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../../../src/bots/discord/render/render.ts';
import { outgoing } from '../../../../src/bots/discord/send/payload.ts';
import { isTagged, tagged } from '../../../../src/bots/discord/send/post-key.ts';
import { type MessageBody, messageProblems, problemsOf } from '../../../fakes/discord/rest/check.ts';
import { bodyOf, button, card, links, problems, textOf } from './rendered.ts';

describe('limits', () => {
  it('shortens prose from the end, visibly, and keeps what must stay', () => {
    const long = card([
      { kind: 'headline', value: '$1.00' },
      { kind: 'text', spans: ['first '.repeat(300)] },
      { kind: 'text', spans: ['second_* '.repeat(900)] },
      { kind: 'note', spans: ['the source'] },
    ]);
    expect(problems(long)).toEqual([]);
    expect(textOf(long)).toMatch(/second.*…\n-# the source$/s);
    const list = card([{ kind: 'list', items: Array.from({ length: 400 }, (_, index) => [`item number ${index}`]) }]);
    expect(textOf(list)).toMatch(/… and \d+ more/);
    const table = card([
      {
        kind: 'table',
        caption: 'c',
        columns: [{ label: 'n' }],
        rows: Array.from({ length: 900 }, (_, index) => [[`row ${index}`]]),
      },
    ]);
    expect(textOf(table)).toMatch(/```\n… and \d+ more/);
    for (const given of [list, table]) expect(problems(given)).toEqual([]);
  });

  it('throws when the structure cannot fit', () => {
    expect(() =>
      renderCard(
        card([
          {
            kind: 'buttons',
            buttons: Array.from({ length: 45 }, (_, index) => button(`b${index}`, { n: String(index) })),
          },
        ]),
        { links },
      ),
    ).toThrow(/components/);
    expect(() => renderCard(card([{ kind: 'headline', value: 'x'.repeat(4100) }]), { links })).toThrow(/too long/);
    expect(() =>
      renderCard(
        card([
          {
            kind: 'menu',
            placeholder: 'p',
            options: Array.from({ length: 26 }, (_, index) => button(`b${index}`, { n: String(index) })),
          },
        ]),
        { links },
      ),
    ).toThrow(/26 options/);
  });

  it('leaves out a control that no platform could carry', () => {
    const [fits, long] = [button('a', { coin: 'x' }), button('b', { coin: 'x'.repeat(100) })];
    const message = JSON.stringify(renderCard(card([{ kind: 'buttons', buttons: [fits, long] }]), { links }));
    expect(message).toContain('coin=x"');
    expect(message).not.toContain('xxx');
  });

  it('gives controls that ask the same ids of their own', () => {
    const same = card([
      { kind: 'buttons', buttons: [button('a', { coin: 'x' }), button('b', { coin: 'x' }), button('c'), button('d')] },
    ]);
    expect(problems(same)).toEqual([]);
  });

  it('leaves out the second of two controls that ask the same where its own id is too long', () => {
    for (let length = 84; length <= 90; length++) {
      const buttons = ['7d', 'Refresh'].map((label) => button(label, { coin: 'x'.repeat(length) }));
      expect(problems(card([{ kind: 'buttons', buttons }]))).toEqual([]);
      expect(JSON.stringify(bodyOf(card([{ kind: 'buttons', buttons }])))).toContain('"label":"7d"');
    }
  });

  it('counts the person whom a card calls among its characters', () => {
    const long = card([{ kind: 'text', spans: ['word '.repeat(1200)] }], { mention: '720000000000000042' });
    expect(problems(long)).toEqual([]);
  });
});

describe('tags', () => {
  it('are found again and change nothing that can be seen', () => {
    const chart = {
      title: 't',
      alt: 'alt',
      fileName: 'tao-7d.png',
      unit: { percent: true } as const,
      series: [],
      png: () => Promise.resolve(new Uint8Array([1])),
    };
    const message = renderCard(
      card([
        { kind: 'text', spans: ['attachment://tao-7d.png'] },
        { kind: 'chart', chart },
      ]),
      { links, pictures: new Map([[chart, new Uint8Array([1])]]) },
    );
    const one = tagged(message, 'key-1');
    expect(tagged(message, 'key-1')).toEqual(one);
    const asSent = (given: typeof one) =>
      ({
        components: given.components,
        attachments: given.pictures.map((picture) => ({ filename: picture.name })),
      }) as unknown as Parameters<typeof isTagged>[0];
    expect(isTagged(asSent(one), 'key-1')).toBe(true);
    expect(isTagged(asSent(one), 'key-2')).toBe(false);
    expect(isTagged(asSent(message), 'key-1')).toBe(false);
    const body = outgoing(one).body as MessageBody;
    expect(
      messageProblems(
        body,
        one.pictures.map((picture) => picture.name),
      ),
    ).toEqual([]);
    expect(problemsOf('MessageCreateRequest', body)).toEqual([]);
  });
});
