// The workflows on GitHub: actions pinned by commit, few rights, no text of strangers in a shell, and only commands that exist.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, '.github/workflows');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

const Permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));
const Workflow = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: Permissions,
  jobs: z.record(
    z.string(),
    z.object({
      permissions: Permissions.optional(),
      'timeout-minutes': z.number().max(60),
      steps: z.array(
        z.object({
          uses: z.string().optional(),
          run: z.string().optional(),
          with: z.record(z.string(), z.unknown()).optional(),
        }),
      ),
    }),
  ),
});

describe.each(readdirSync(FOLDER))('%s', (file) => {
  const text = readFileSync(path.join(FOLDER, file), 'utf8');
  const workflow = Workflow.parse(load(text));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('pins each action by its full commit, with the version beside it', () => {
    const lines = text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const versions = new Set(lines.map((line) => line.split('uses: ')[1]));
    expect(versions.size).toBe(new Set([...versions].map((use) => use?.split('@')[0])).size);
  });

  it('may read the code only, but for the job that makes a release; never runs with rights for strangers', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const more = Object.values(workflow.jobs).flatMap(({ permissions = {} }) => Object.entries(permissions));
    if (!JSON.stringify(workflow.on['push'] ?? {}).includes('"tags"')) expect(more).toEqual([]);
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    for (const { uses, with: inputs } of steps)
      if (uses?.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
  });

  it('puts no expression into a shell, and calls scripts that exist', () => {
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : run.split('\n')));
    for (const command of commands) {
      expect(command).not.toContain('${{');
      const script = /npm run (?:-s )?([\w-]+)/.exec(command)?.[1];
      if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
      else expect(command).toMatch(/^(npm ci|npm audit signatures|docker|gh release create)\b/);
    }
  });
});

it('Dependabot looks after packages, actions and the image, and waits a week', () => {
  const { updates } = load(readFileSync(path.join(ROOT, '.github/dependabot.yml'), 'utf8')) as {
    updates: { 'package-ecosystem': string; cooldown: { 'default-days': number } }[];
  };
  expect(updates.map((one) => one['package-ecosystem']).toSorted()).toEqual(['docker', 'github-actions', 'npm']);
  for (const { cooldown } of updates) expect(cooldown['default-days']).toBeGreaterThanOrEqual(7);
});
