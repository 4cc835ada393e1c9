// Run by `npm ci`, and before a start for installs without scripts: makes node_modules/.bin/node where npm did not. npm 9, which Debian
// and Ubuntu ship, makes no link for a name that several optional packages have, also of those for other machines. Plain JavaScript,
// because the system's Node reads it, however old. With the word "windows" its exit code says whether this is Windows: npm appends what was
// typed after `--` to the last half of a script's line, and that one is for all others, whose shell replaces itself by the bot.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const modules = path.resolve('node_modules');
const link = path.join(modules, '.bin', 'node');
const target = path.join('..', `node-${process.platform}-${process.arch}`, 'bin', 'node');

if (!existsSync(link) && existsSync(path.resolve(modules, '.bin', target))) {
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(target, link);
}

if (process.argv[2] === 'windows' && process.platform !== 'win32') process.exitCode = 1;
