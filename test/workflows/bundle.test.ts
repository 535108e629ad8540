import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { afterAll, expect, it } from 'vitest';
import { bundleWorkflows, workflowCode, workflowsFolder, workflowsPath } from '../../activities/workflow-code.ts';
import { packageRoot } from '../../config/root.ts';

// Inside the project, where the workflows find their packages.
mkdirSync(join(packageRoot, '.data'), { recursive: true });
const place = mkdtempSync(join(packageRoot, '.data', 'bundle-test-'));
const folder = join(place, 'workflows');
afterAll(() => rmSync(place, { recursive: true }));

it('the bundle of the build is run as long as it is of the same workflows', async () => {
  cpSync(workflowsFolder, folder, { recursive: true });
  expect(workflowCode(folder)).toEqual({ workflowsPath: workflowsPath(folder) });
  expect(await bundleWorkflows(folder)).toBe(true);
  expect(await bundleWorkflows(folder)).toBe(false);
  const code = workflowCode(folder);
  expect(code).toEqual({ workflowBundle: { codePath: expect.stringContaining(folder) } });
  const history = historyFromJSON(
    JSON.parse(readFileSync(join(packageRoot, 'test', 'histories', 'journey.json'), 'utf8')),
  );
  await Worker.runReplayHistory(code, history);

  appendFileSync(join(folder, 'cohort.ts'), '\n// changed\n');
  expect(workflowCode(folder)).toEqual({ workflowsPath: workflowsPath(folder) });
  expect(await bundleWorkflows(folder)).toBe(true);
  expect(workflowCode(folder)).toHaveProperty('workflowBundle');
});
