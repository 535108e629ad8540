/** Every workflow type; the worker bundles this file. */
export { cohort } from './cohort.ts';
