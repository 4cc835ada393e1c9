// `npm run licences`: writes THIRD_PARTY_LICENSES.md from the lock file, and fails on a licence that nobody looked at.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..');

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
      integrity: z.string().optional(),
    }),
  ),
});

/** `path` below the project, `licence` as an SPDX expression, null where the package names none. */
export type LockedPackage = {
  path: string;
  name: string;
  version: string;
  licence: string | null;
  /** For development only: not part of what runs. */
  dev: boolean;
  hasInstallScript: boolean;
  integrity: string | null;
};

/** What may run beside our code: permissive licences, and the LGPL for libraries that stay separate files (libvips under sharp). */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'PSF-2.0',
]);
/** The only packages that may be under the LGPL. */
const SEPARATE_LIBRARY = /^@img\/sharp-/;

/** Every package of package-lock.json, also those for other operating systems. */
export function lockedPackages(text: string): LockedPackage[] {
  return Object.entries(Lock.parse(JSON.parse(text)).packages)
    .filter(([place]) => place !== '')
    .map(([place, { version = '', license = null, dev = false, hasInstallScript = false, integrity = null }]) => ({
      path: place,
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      dev,
      hasInstallScript,
      integrity,
    }));
}

/** One line for each package that must not be shipped as it is. */
export function licenceProblems(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap(({ name, version, licence }) => {
    if (licence === null) return [`${name} ${version} names no licence`];
    const allowed = (id: string): boolean => ALLOWED.has(id) && (!id.startsWith('LGPL') || SEPARATE_LIBRARY.test(name));
    const choices = licence.replaceAll(/[()]/g, '').split(' OR ');
    const good = choices.some((choice) => choice.split(' AND ').every(allowed));
    return good ? [] : [`${name} ${version} is under ${licence}, which is not on the list of scripts/licences.ts`];
  });
}

/** The text of THIRD_PARTY_LICENSES.md. */
export function licenceList(packages: readonly LockedPackage[]): string {
  const rows = new Set(
    packages
      .toSorted((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))
      .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence ?? 'unknown'} |`),
  );
  return [
    '# Third-party licences',
    '',
    'The packages that run beside taobot, also those for other operating systems; each brings its own licence text in `node_modules`.',
    'Written by `npm run licences`. The Inter fonts are under the SIL Open Font License.',
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** Packages that are installed here and name another licence than the lock file. */
export function differingLicences(packages: readonly LockedPackage[]): string[] {
  const Manifest = z.object({ license: z.string().optional() });
  return packages.flatMap(({ path: place, licence }) => {
    const file = path.join(ROOT, place, 'package.json');
    if (!existsSync(file)) return []; // for another operating system
    const installed = Manifest.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data?.license ?? null;
    return installed === licence ? [] : [`${place}: ${installed ?? 'none'}, locked as ${licence ?? 'none'}`];
  });
}

if (import.meta.main) {
  const shipped = lockedPackages(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).filter(({ dev }) => !dev);
  const problems = [...licenceProblems(shipped), ...differingLicences(shipped)];
  writeFileSync(path.join(ROOT, 'THIRD_PARTY_LICENSES.md'), licenceList(shipped));
  for (const problem of problems) console.error(`✖ ${problem}`);
  console.log(`${shipped.length} packages, ${problems.length} problem(s)`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
