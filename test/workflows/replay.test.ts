import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, it } from 'vitest';
import { workflowsPath } from '../../activities/workflow-code.ts';
import { packageRoot } from '../../config/root.ts';
import { dataConverter } from '../../delivery/payloads.ts';

const folder = join(packageRoot, 'test/histories');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

/**
 * Histories of earlier shells. They hold no definition and replaying them loads no interpreter, no store and no effect:
 * only a change of the shell can break them, and then it breaks workflows that run.
 */
describe('a recorded history', () => {
  it('is there', () => expect(names.length).toBeGreaterThanOrEqual(5));

  it.each(names)('%s replays on the shell of today', async (name) => {
    await Worker.runReplayHistory({ workflowsPath: workflowsPath(), dataConverter }, historyOf(name));
  });

  it('does not replay on a shell that was changed without care', async () => {
    const altered = fileURLToPath(new URL('./altered/index.ts', import.meta.url));
    await expect(Worker.runReplayHistory({ workflowsPath: altered }, historyOf('journey.json'))).rejects.toBeInstanceOf(
      DeterminismViolationError,
    );
  });
});

function historyOf(name: string) {
  return historyFromJSON(JSON.parse(readFileSync(join(folder, name), 'utf8')));
}
