import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { RenderTask } from './render.ts';
import type { Work, WorkAnswer } from './worker.ts';

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

export interface PoolSettings {
  /** The compiled script of the threads; default: the one beside this file. */
  script?: URL;
  threads?: number;
}

/** Renders documents in threads of their own, which begin with the first document and keep no process alive. */
export class RenderPool {
  readonly #script: URL;
  readonly #size: number;
  readonly #threads = new Set<Thread>();
  #last = 0;

  constructor({ script = new URL('./worker.js', import.meta.url), threads }: PoolSettings = {}) {
    this.#script = script;
    // One core stays for what the process is there for.
    this.#size = threads ?? Math.min(4, Math.max(1, availableParallelism() - 1));
  }

  /**
   * @throws VoronkaError TEMPLATE_VARIABLE_MISSING, TEMPLATE_INVALID of the template; DOCUMENT_RENDERING_FAILED when the
   * thread ended, for want of memory say
   */
  async render(task: RenderTask): Promise<Uint8Array> {
    const thread = this.#leastBusy();
    const id = ++this.#last;
    return await new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.ref();
      const work: Work = { id, task };
      thread.worker.postMessage(work);
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #leastBusy(): Thread {
    const [least] = [...this.#threads].sort((a, b) => a.waiting.size - b.waiting.size);
    if (least !== undefined && (least.waiting.size === 0 || this.#threads.size >= this.#size)) return least;
    return this.#start();
  }

  #start(): Thread {
    const worker = new Worker(this.#script, { resourceLimits: { maxOldGenerationSizeMb: 1_024 } });
    const thread: Thread = { worker, waiting: new Map() };
    worker.unref();
    worker.on('message', (answer: WorkAnswer) => settle(thread, answer));
    worker.once('error', (cause) => this.#lose(thread, cause));
    worker.once('exit', () => this.#lose(thread, new Error('the rendering thread ended')));
    this.#threads.add(thread);
    return thread;
  }

  /** What it was given fails, and the next document begins another thread. */
  #lose(thread: Thread, cause: Error): void {
    this.#threads.delete(thread);
    for (const { reject } of thread.waiting.values()) {
      reject(
        new VoronkaError('DOCUMENT_RENDERING_FAILED', `the document could not be made: ${cause.message}`, { cause }),
      );
    }
    thread.waiting.clear();
  }
}

function settle({ worker, waiting }: Thread, answer: WorkAnswer): void {
  const caller = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (waiting.size === 0) worker.unref();
  if ('bytes' in answer) caller?.resolve(answer.bytes);
  else {
    const { code = 'DOCUMENT_RENDERING_FAILED', message } = answer.error;
    caller?.reject(new VoronkaError(code, message));
  }
}
