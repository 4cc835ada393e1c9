// The registration that follows from the command list: places, rights, options, limits.
import { describe, expect, it } from 'vitest';
import { defineCommand } from '../../../src/app/command.ts';
import { COMMANDS } from '../../../src/app/commands/index.ts';
import { messageCard } from '../../../src/app/error-card.ts';
import { applicationCommands, type Entry } from '../../../src/bots/discord/commands.ts';
import { problemsOf } from '../../fakes/discord/rest/check.ts';

describe('registration', () => {
  const digest = (name: string, manage: boolean) =>
    defineCommand({
      name,
      summary: 'x',
      args: {
        channel: { type: 'channel', description: 'Where' },
        time: { type: 'time', description: 'When', required: true },
        replace: { type: 'flag', description: 'Only one' },
      },
      serverOnly: true,
      manage,
      run: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    });
  const entry = (entries: readonly Entry[], name: string): Entry | undefined =>
    entries.find((candidate) => candidate.name === name);

  it('declares commands everywhere, those of a channel in servers only, with rights as text where one of a group needs them', () => {
    const entries = applicationCommands(
      [
        ...COMMANDS.filter((command) => !command.name.startsWith('digest')),
        digest('digest create', true),
        digest('digest delete', true),
      ],
      { global: true },
    );
    expect(entry(entries, 'coin')).toMatchObject({ contexts: [0, 1, 2], integration_types: [0, 1] });
    expect(entry(entries, 'coin')?.default_member_permissions).toBeUndefined();
    expect(entry(entries, 'Answer from FAQ')).toMatchObject({ type: 3, contexts: [0, 1, 2] });
    expect(entry(entries, 'faq-gaps')).toMatchObject({
      contexts: [0],
      integration_types: [0],
      default_member_permissions: '32',
    });
    expect(entry(entries, 'digest')).toMatchObject({
      contexts: [0],
      default_member_permissions: '16',
      options: [
        {
          name: 'create',
          type: 1,
          options: [
            { name: 'time', required: true },
            { name: 'channel', type: 7 },
            { name: 'replace', type: 5 },
          ],
        },
        { name: 'delete' },
      ],
    });
    expect(entry(applicationCommands(COMMANDS, { global: true }), 'digest')?.default_member_permissions).toBe('16'); // with its "list"
    expect(entry(applicationCommands(COMMANDS, { global: false }), 'coin')).not.toHaveProperty('contexts');
  });

  it('names the command that breaks a limit', () => {
    const long = defineCommand({
      name: 'Bad Name!',
      summary: 'x'.repeat(101),
      args: {},
      run: () => Promise.resolve(messageCard('x', 'ok', 'x', 'x')),
    });
    expect(() => applicationCommands([long], { global: true })).toThrow(/Bad/);
  });

  it('is what the platform takes', () => {
    for (const global of [true, false]) {
      const entries = applicationCommands(COMMANDS, { global });
      const untyped = entries.map(({ default_member_permissions: _text, ...rest }) => rest); // Discord's schema and reference disagree on its type
      expect(untyped.flatMap((one) => problemsOf('ApplicationCommandUpdateRequest', one))).toEqual([]);
      expect(entries.map((one) => one.name)).toEqual(
        expect.arrayContaining(['coin', 'price', 'faq', 'Answer from FAQ']),
      );
    }
  });
});
