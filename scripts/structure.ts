// Reads the structure of src and training from their imports: files, rooms, arrows, cycles. The architecture test and `npm run -s map` use it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');

/** One source file. `file` is relative to the project, with forward slashes. */
export type SourceFile = { file: string; text: string };

/** `target`: a package name, or a file relative to the project. `types`: nothing of it exists at run time. */
export type Import = { target: string; types: boolean; local: boolean };

/** All TypeScript files of some folders, of `src` and `training` if none are named; declarations left out. */
export function sourceFiles(folders: readonly string[] = ['src', 'training']): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
      .sort()
      .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') })),
  );
}

const STATEMENT = /(?:^|\n)\s*(?:import|export)\s+(type\s)?([^'"]*?)from\s+'([^']+)'|import\('([^']+)'\)/g;

/** The imports and re-exports of a file, type imports included; Node's own modules left out. */
export function importsOf({ file, text }: SourceFile): Import[] {
  return [...text.matchAll(STATEMENT)].flatMap(([, typeOnly, names = '', from, dynamic]): Import[] => {
    const target = from ?? dynamic ?? '';
    if (target.startsWith('node:')) return [];
    const named = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
    const inline = named !== undefined && named.trim() !== '' && named.split(',').every(isTypeName);
    const local = target.startsWith('.');
    const resolved = local ? path.posix.join(path.posix.dirname(file), target) : target;
    return [{ target: resolved, types: typeOnly !== undefined || inline, local }];
  });
}

function isTypeName(name: string): boolean {
  return name.trim() === '' || name.trim().startsWith('type ');
}

/** Every cycle of imports, types included, as a list of files; each cycle once. */
export function cyclesOf(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map(({ file }) => file));
  const edges = new Map(
    files.map((source) => [
      source.file,
      [...new Set(importsOf(source).map(({ target }) => target))].filter((target) => known.has(target)),
    ]),
  );
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}

/** The folder below `src` that a file belongs to: "app", "bots/slack", "bots/slack/render"; "cli" for files at the top. */
export function roomOf(file: string): string {
  if (file.startsWith('training/')) return 'training';
  const inside = file.replace(/^src\//, '');
  const bot = /^bots\/([a-z-]+)\/(?:(auth|receive|render|send)\/)?/.exec(inside);
  if (bot !== null) return ['bots', bot[1], bot[2]].filter((part) => part !== undefined).join('/');
  return inside.includes('/') ? (inside.split('/')[0] ?? '') : 'cli';
}

/** The rooms as a Markdown table: files, lines, and which rooms each one imports (types in italics). */
export function mapOfRooms(files: readonly SourceFile[]): string {
  const rooms = new Map<string, { files: number; lines: number; values: Set<string>; types: Set<string> }>();
  for (const source of files) {
    const name = topRoom(source.file);
    const room = rooms.get(name) ?? { files: 0, lines: 0, values: new Set(), types: new Set() };
    rooms.set(name, room);
    room.files += 1;
    room.lines += source.text.split('\n').length - 1;
    for (const { target, types, local } of importsOf(source))
      if (local && topRoom(target) !== name) (types ? room.types : room.values).add(topRoom(target));
  }
  const rows = [...rooms].sort(byName).map(([name, { files, lines, values, types }]) => {
    const onlyTypes = [...types].filter((other) => !values.has(other)).sort();
    const arrows = [...[...values].sort(), ...onlyTypes.map((other) => `*${other}*`)];
    return `| \`${name}\` | ${files} | ${lines} | ${arrows.join(', ') || '–'} |`;
  });
  return ['| room | files | lines | imports (*types only*) |', '|---|--:|--:|---|', ...rows].join('\n');
}

/** Lines of tests for a line of `src`, with and without the fakes of far ends. */
export function shareOfTests(): { all: number; withoutFakes: number } {
  const lines = (files: readonly SourceFile[]): number =>
    files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  const [source, tests] = [lines(sourceFiles(['src'])), sourceFiles(['tests'])];
  const own = tests.filter(({ file }) => !file.startsWith('tests/fakes/'));
  return { all: lines(tests) / source, withoutFakes: lines(own) / source };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function topRoom(file: string): string {
  const [first = '', second] = roomOf(file).split('/');
  return second === undefined ? first : `${first}/${second}`;
}

if (import.meta.main) {
  const { all, withoutFakes } = shareOfTests();
  process.stdout.write(
    `${mapOfRooms(sourceFiles())}\n\nLines of tests for a line of src: ${all.toFixed(3)}, without the fakes ${withoutFakes.toFixed(3)}\n`,
  );
}
