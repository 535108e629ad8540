import { clocksDefinition } from '../../engine/sla/start.ts';
import type { CohortDoc } from '../../store/models/cohort.ts';
import type { InstanceDoc } from '../../store/models/instance.ts';
import { cohortRoom, type Entrant } from '../../workflows/messages.ts';

/** The clocks of a ticket keep their ledger, up to 16 kB: a hundred of the largest still fit into one payload of Temporal (2 MB). */
export const maxClocks = 100;

/** Instances that know their workflow, and the workflows that are to be started for them. */
export interface Grouped {
  instances: InstanceDoc[];
  cohorts: CohortDoc[];
}

/**
 * Puts those who were let in by one batch into cohorts of one definition version, each within the bounds, and names the
 * workflow of each. They are written in one transaction, so nobody ever sees a part of a cohort.
 */
export function intoCohorts(letIn: readonly InstanceDoc[]): Grouped {
  const open = new Map<string, Cohort>();
  const all: Cohort[] = [];
  const instances = letIn.map((instance) => {
    const { key, hash } = instance.definition;
    const entrant = JSON.stringify(entrantOf(instance));
    let cohort = open.get(hash);
    if (cohort === undefined || isFull(cohort, hash, entrant)) {
      // An instance is in one cohort only, so its first one names it.
      cohort = { workflowId: `${key}-${instance._id}`, entrants: [], size: 0 };
      open.set(hash, cohort);
      all.push(cohort);
    }
    cohort.entrants.push(entrant);
    cohort.size += entrant.length;
    return { ...instance, workflowId: cohort.workflowId };
  });
  return {
    instances,
    cohorts: all.map(({ workflowId, entrants }) => ({ _id: workflowId, entrants: `[${entrants}]` })),
  };
}

interface Cohort {
  workflowId: string;
  /** Each as JSON text. */
  entrants: string[];
  size: number;
}

function isFull({ entrants, size }: Cohort, hash: string, entrant: string): boolean {
  const most = hash === clocksDefinition.hash ? maxClocks : cohortRoom.instances;
  return entrants.length === most || size + entrant.length > cohortRoom.size;
}

function entrantOf({ _id, definition, subject, trigger, vars }: InstanceDoc): Entrant {
  return { id: _id, definition, subject, trigger, vars };
}
