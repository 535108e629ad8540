import { parentPort, workerData } from 'node:worker_threads';
import type { DealCourse } from '../../engine/forecast/course.ts';
import { fitPipeline } from '../../engine/forecast/fit.ts';

/** A thread that learns from the deals it begins with, says what it has learned, and ends. */
const courses: readonly DealCourse[] = workerData;
parentPort?.postMessage(fitPipeline(courses));
