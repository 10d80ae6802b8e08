/** The boundary check itself: each rule bites, and looking at nothing is a failure. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const trees: string[] = [];
afterAll(async () => {
  for (const tree of trees) await rm(tree, { recursive: true, force: true });
});

async function check(files: Record<string, string>): Promise<{ status: number; output: string }> {
  const tree = await mkdtemp('/tmp/vpce-boundaries-');
  trees.push(tree);
  await symlink(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
  await symlink(path.join(ROOT, 'package.json'), path.join(tree, 'package.json'));
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(tree, file)), { recursive: true });
    await writeFile(path.join(tree, file), text);
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(ROOT, 'scripts/boundaries.mjs'), tree], (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const uses = (...modules: string[]) => modules.map((name) => `import '${name}';\n`).join('');

test('every breach is named', async () => {
  const { status, output } = await check({
    'src/domain/a.ts': uses('../application/b.ts', 'node:fs', 'node:crypto', 'ulid'),
    'src/application/b.ts': uses('../adapters/slack/s.ts', 'ioredis', 'node:net', 'ulid'),
    'src/adapters/slack/s.ts': `${uses('../redis/r.ts', '../../config/c.ts', 'fast-check')}import type {} from '@slack/types';\n`,
    'src/adapters/redis/r.ts': 'export {};\n',
    'src/config/c.ts': uses('../../sandbox/s.ts', '../messages/m.ts', 'no-such-package'),
    'src/messages/m.ts': uses('./n.ts', '../application/b.ts'),
    'src/messages/n.ts': uses('./m.ts'),
    'src/compose.ts': uses('./adapters/slack/s.ts', './config/c.ts', 'preact'),
    'sandbox/s.ts': uses('../src/messages/m.ts'),
  });
  expect(status).toBe(1);
  const breaches = output.split('\n').filter((line) => line.includes(' -> '));
  expect(new Set(breaches.map((line) => line.split(': ').at(-1)))).toEqual(
    new Set([
      'domain-imports-domain',
      'domain-has-no-io',
      'application-imports-domain',
      'application-has-no-io',
      'application-has-no-io-of-node',
      'adapters-import-inwards',
      'adapters-are-strangers',
      'adapters-are-built-in-one-place',
      'config-imports-domain',
      'messages-import-domain',
      'src-stands-alone',
      'sandbox-speaks-protocols-only',
      'runs-without-dev-dependencies',
      'the-bot-draws-nothing',
      'everything-resolves',
      'no-cycles',
    ]),
  );
  for (const allowed of ['src/compose.ts -> src', '-> crypto', '@slack/types']) {
    expect(breaches.filter((line) => line.includes(allowed))).toEqual([]);
  }
  // The domain may not even make an identifier; the application may.
  expect(breaches.filter((line) => line.includes('ulid'))).toEqual([expect.stringContaining('src/domain/a.ts')]);
});

test('what keeps to the rules passes', async () => {
  const { status, output } = await check({
    'src/domain/a.ts': 'export {};\n',
    'src/adapters/redis/r.ts': uses('../../domain/a.ts', '../../messages/m.ts', 'ioredis', 'node:net'),
    'src/messages/m.ts': uses('../domain/a.ts'),
    'src/cli/c.ts': uses('../adapters/redis/r.ts'),
  });
  expect(output).toContain('4 of them in src, 0 breaches');
  expect(status).toBe(0);
});

test('looking at nothing is a failure', async () => {
  const { status, output } = await check({ 'src/readme.txt': '', 'test/t.ts': 'export {};\n' });
  expect(output).toContain('No module of src was looked at');
  expect(status).toBe(1);
});
