import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { dataConverter } from '../../delivery/payloads.ts';

/**
 * A Temporal of its own whose time jumps to the next timer whenever somebody waits for a workflow's result: months pass in
 * milliseconds. Call `teardown()` on it at the end.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createTimeSkipping({
    client: { dataConverter },
    server: { executable: { type: 'existing-path', path: inject('servers').temporalTestServer } },
  });
}
