// Writes what the docs say from the code: tables of commands and settings in the README, the fields of the log, and `.env.example`.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { COMMANDS } from '../src/app/commands/index.ts';
import { visibleArgs } from '../src/app/input/arguments.ts';
import { LOG_FIELDS } from '../src/base/log.ts';
import { type Setting, SETTINGS } from '../src/config/settings.ts';

const ROOT = path.join(import.meta.dirname, '..');

/** The generated text of each file, by path relative to the project; `read` gives the present one. */
export function generated(read: (file: string) => string): Record<string, string> {
  const readme = read('README.md');
  return {
    'README.md': withTable(withTable(readme, 'commands', commandTable()), 'settings', settingTable()),
    'docs/operating.md': withTable(read('docs/operating.md'), 'log fields', logFieldTable()),
    '.env.example': environmentExample(),
  };
}

function commandTable(): string {
  const rows = COMMANDS.map((command) => {
    const words = visibleArgs(command).map(([name, spec]) => (spec.required ? `\`${name}\`` : `[\`${name}\`]`));
    return `| \`/${command.name}\` | ${words.join(' ')} | ${command.summary} | \`${command.example ?? ''}\` |`;
  });
  return ['| command | options | answer | example |', '|---|---|---|---|', ...rows].join('\n');
}

function settingTable(): string {
  const rows = Object.entries<Omit<Setting, 'name'>>(SETTINGS).map(
    ([name, setting]) =>
      `| \`${name}\` | ${setting.fallback === undefined ? '–' : `\`${setting.fallback}\``} | ${setting.meaning.replaceAll('|', '\\|')} |`,
  );
  return ['| name | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function logFieldTable(): string {
  const rows = Object.entries(LOG_FIELDS).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`);
  return ['| field | meaning |', '|---|---|', ...rows].join('\n');
}

function environmentExample(): string {
  const blocks = Object.entries<Omit<Setting, 'name'>>(SETTINGS).map(
    ([name, setting]) =>
      `# ${setting.meaning}\n# ${setting.fallback === undefined ? `for example ${name}=${setting.example}` : `default: ${setting.fallback}`}\n${name}=\n`,
  );
  return [
    '# Every setting of taobot. Copy to .env and fill in what you need; blank means unset. Put a value with # in quotes.\n',
    ...blocks,
  ].join('\n');
}

function withTable(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there is no ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`;
}

if (import.meta.main) {
  const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
  for (const [file, text] of Object.entries(generated(read))) writeFileSync(path.join(ROOT, file), text);
}
