import type { Client } from '@temporalio/client';
import type { Logger } from '../../config/log.ts';
import type { QueueSettings } from '../queues.ts';

export interface DispatchDeps {
  client: Client;
  taskQueue: string;
  queues: { settings: QueueSettings };
  log: Logger;
}

/** A holder of the lease that does not prolong it for so many real milliseconds is taken for dead. */
export const leaseMs = 15_000;
