import { bundleWorkflows } from '../activities/workflow-code.ts';

/** Part of the build: a worker that finds the bundle need not make it at its start, which matters most after a crash. */
await bundleWorkflows();
