import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voronka-imports-'));
  for (const name of ['.dependency-cruiser.cjs', '.dependency-cruiser.runtime.cjs', 'package.json']) {
    cpSync(join(packageRoot, name), join(folder, name));
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Names of the rules that the files break, each with from and to. */
function broken(config: string, ...folders: string[]): string {
  const program = join(packageRoot, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  try {
    execFileSync(process.execPath, [program, '--config', config, ...folders], { cwd: folder, stdio: 'pipe' });
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
  }
}

it('catches an engine that touches Node, another folder or a package of the server', () => {
  write('store/row.ts', 'export interface Row { id: string }\n');
  write(
    'engine/bad.ts',
    "import { readFileSync } from 'node:fs';\nimport type { Row } from '../store/row.ts';\nimport { Redis } from 'ioredis';\nexport const bad = (row: Row) => [readFileSync, Redis, row];\n",
  );
  write('engine/late.ts', "export const late = () => import('node:crypto');\n");
  const report = broken('.dependency-cruiser.cjs', 'engine', 'store');
  expect(report).toContain('engine-imports: engine/bad.ts → store/row.ts');
  expect(report).toContain('engine-packages: engine/bad.ts → fs');
  expect(report).toMatch(/engine-packages: engine\/bad\.ts → .*ioredis/);
  expect(report).toContain('engine-packages: engine/late.ts → crypto');
});

it('lets workflows name types of the engine, and catches them running it', () => {
  write('engine/advance.ts', 'export interface State { at: string }\nexport const advance = 1;\n');
  write(
    'workflows/shell.ts',
    "import type { State } from '../engine/advance.ts';\nexport const shell = (state: State) => state;\n",
  );
  expect(broken('.dependency-cruiser.cjs', 'engine', 'workflows')).toBe('');
  write('dist/engine/advance.js', 'export const advance = 1;\n');
  write('dist/workflows/shell.js', "import { advance } from '../engine/advance.js';\nexport const shell = advance;\n");
  expect(broken('.dependency-cruiser.runtime.cjs', 'dist')).toContain(
    'workflows-run-alone: dist/workflows/shell.js → dist/engine/advance.js',
  );
});

it('catches files that need each other', () => {
  write('dist/a.js', "import { b } from './b.js';\nexport const a = () => b;\n");
  write('dist/b.js', "import { a } from './a.js';\nexport const b = () => a;\n");
  expect(broken('.dependency-cruiser.runtime.cjs', 'dist')).toContain('no-cycles');
});
