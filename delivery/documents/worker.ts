import { parentPort } from 'node:worker_threads';
import { VoronkaError } from '../../engine/errors/error.ts';
import { type RenderTask, render } from './render.ts';

/** A rendering thread: takes tasks from its port and answers each with its bytes, or with what is wrong. */
export interface Work {
  id: number;
  task: RenderTask;
}

export type WorkAnswer = { id: number } & (
  | { bytes: Uint8Array }
  | { error: { code?: VoronkaError['code']; message: string } }
);

const port = parentPort;
if (port === null) throw new Error('this is the script of a worker thread');

port.on('message', async ({ id, task }: Work) => {
  port.postMessage(await answer(id, task));
});

async function answer(id: number, task: RenderTask): Promise<WorkAnswer> {
  try {
    return { id, bytes: await render(task) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: { message, ...(error instanceof VoronkaError && { code: error.code }) } };
  }
}
