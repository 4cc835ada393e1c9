// What the shipped answers say of the bot itself: only commands that exist.
import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/app/commands/index.ts';
import { plainText, shippedContent } from './shipped.ts';

it('answers about the bot name no command that it lacks', () => {
  const known = new Set(COMMANDS.map(({ name }) => `/${name.split(' ')[0]}`));
  const unknown = [...shippedContent.faq.values()]
    .filter(({ id, tags }) => tags.includes('bot') || id.startsWith('bot-'))
    .flatMap(({ id, answer }) =>
      Array.from(plainText(answer).matchAll(/(?<![\p{L}\p{N}/.])\/[a-z-]+/gu), ([command]) => ({ id, command })),
    )
    .filter(({ command }) => !known.has(command));
  expect(unknown).toEqual([]);
});
