import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkerOptions } from '@temporalio/worker';

/** Folder of the workflows beside this one: TypeScript when run from the sources, JavaScript when built. */
export const workflowsFolder: string = fileURLToPath(new URL('../workflows', import.meta.url));

export function workflowsPath(folder = workflowsFolder): string {
  const source = join(folder, 'index.ts');
  return existsSync(source) ? source : join(folder, 'index.js');
}

/**
 * The code that a worker runs: the bundle that the build has made, where it is of these very files, else the files, which
 * the worker bundles itself at its start (for some seconds).
 */
export function workflowCode(folder = workflowsFolder): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = bundlePath(folder);
  if (!isCurrent(folder)) return { workflowsPath: workflowsPath(folder) };
  return { workflowBundle: { codePath } };
}

/** Makes the bundle, unless it is there. @returns whether it had to be made */
export async function bundleWorkflows(folder = workflowsFolder): Promise<boolean> {
  if (isCurrent(folder)) return false;
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflowsPath(folder),
    logger: new DefaultLogger('WARN'),
  });
  const draft = `${bundlePath(folder)}.${process.pid}`;
  writeFileSync(draft, `${mark(folder)}\n${code}`);
  renameSync(draft, bundlePath(folder));
  return true;
}

function isCurrent(folder: string): boolean {
  const path = bundlePath(folder);
  return existsSync(path) && readFileSync(path, 'utf8').startsWith(`${mark(folder)}\n`);
}

/** Outside of the folder, whose files are what it is made of. */
function bundlePath(folder: string): string {
  return `${folder}.bundle.js`;
}

/** The bundle's first line, made from all that goes into it: the workflows import nothing of ours at run time but each other. */
function mark(folder: string): string {
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json');
  const hash = createHash('sha256').update(`@temporalio/worker ${version}`);
  for (const name of readdirSync(folder).sort()) {
    if (/\.[jt]s$/.test(name)) hash.update(`\0${name}\0`).update(readFileSync(join(folder, name)));
  }
  return `// ${hash.digest('hex')}`;
}
