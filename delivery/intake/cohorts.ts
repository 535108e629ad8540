import { clocksDefinition } from '../../engine/sla/start.ts';
import type { InstanceDoc } from '../../store/models/instance.ts';

/** Bounds of one cohort: instances, and characters of what its workflow is started with. */
const maxInstances = 200;
/** The clocks of a ticket keep their ledger, up to 16 kB: a hundred of the largest still fit into one payload of Temporal (2 MB). */
const maxClocks = 100;
const maxSize = 600_000;

/**
 * Puts those who were let in by one batch into cohorts of one definition version, each within the bounds, and names the
 * workflow of each. They are written in one transaction, so nobody ever sees a part of a cohort.
 */
export function intoCohorts(instances: readonly InstanceDoc[]): InstanceDoc[] {
  const open = new Map<string, { workflowId: string; count: number; size: number }>();
  return instances.map((instance) => {
    const { key, hash } = instance.definition;
    const size = JSON.stringify(instance).length;
    let cohort = open.get(hash);
    if (cohort === undefined || cohort.count === boundOf(hash) || cohort.size + size > maxSize) {
      // An instance is in one cohort only, so its first one names it.
      cohort = { workflowId: `${key}-${instance._id}`, count: 0, size: 0 };
      open.set(hash, cohort);
    }
    cohort.count += 1;
    cohort.size += size;
    return { ...instance, workflowId: cohort.workflowId };
  });
}

function boundOf(hash: string): number {
  return hash === clocksDefinition.hash ? maxClocks : maxInstances;
}
