import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DealCourse } from '../../engine/forecast/course.ts';
import { type Fitted, fitPipeline } from '../../engine/forecast/fit.ts';
import { countPast, pastCourses } from '../../store/forecast.ts';

/** What a pipeline's past teaches, and when that was learned. */
export interface Lesson {
  fitted: Fitted;
  /** Deals that were over. */
  past: number;
  /** Virtual epoch ms. */
  at: number;
}

interface Known {
  lesson: Lesson;
  /** When it was last asked whether there is more to learn; real milliseconds. */
  checked: number;
}

/** So often it is asked whether deals have ended meanwhile. Real milliseconds. */
const freshMs = 5_000;
/** Fewer deals are learned from here and now, in less time than a thread takes to begin. */
const fewest = 150;

/**
 * What is learned of each pipeline, kept in memory and learned anew when deals have ended. Whoever asks meanwhile gets what was
 * known before; only the very first has to wait.
 */
export class Forecasts {
  readonly #script: URL;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #known = new Map<string, Known>();
  readonly #learning = new Map<string, Promise<Lesson>>();

  /** @param script of the thread, compiled; default: the one beside this file */
  constructor(now: () => number, onError: (error: unknown) => void, script = new URL('./thread.js', import.meta.url)) {
    this.#now = now;
    this.#onError = onError;
    this.#script = script;
  }

  /** What is known now; nothing while it is being learned for the first time, which this begins. */
  known(pipeline: string): Lesson | undefined {
    this.of(pipeline).catch(this.#onError);
    return this.#known.get(pipeline)?.lesson;
  }

  async of(pipeline: string): Promise<Lesson> {
    const known = this.#known.get(pipeline);
    if (known === undefined) return await this.#learn(pipeline);
    if (performance.now() - known.checked < freshMs) return known.lesson;
    known.checked = performance.now();
    const past = await countPast(pipeline);
    if (past === known.lesson.past) return known.lesson;
    const learning = this.#learn(pipeline);
    if (past < fewest) return await learning;
    learning.catch(this.#onError);
    return known.lesson;
  }

  /** Once at a time for each pipeline. */
  async #learn(pipeline: string): Promise<Lesson> {
    const running = this.#learning.get(pipeline) ?? this.#fit(pipeline);
    this.#learning.set(pipeline, running);
    try {
      const lesson = await running;
      this.#known.set(pipeline, { lesson, checked: performance.now() });
      return lesson;
    } finally {
      this.#learning.delete(pipeline);
    }
  }

  async #fit(pipeline: string): Promise<Lesson> {
    const courses = await pastCourses(pipeline);
    const fitted = courses.length < fewest ? fitPipeline(courses) : await this.#inThread(courses);
    return { fitted, past: courses.length, at: this.#now() };
  }

  async #inThread(courses: readonly DealCourse[]): Promise<Fitted> {
    const worker = new Worker(this.#script, { workerData: courses });
    const [fitted]: Fitted[] = await once(worker, 'message');
    if (fitted === undefined) throw new Error('the thread said nothing');
    return fitted;
  }
}
