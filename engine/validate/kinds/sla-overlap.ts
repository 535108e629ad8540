import type { Library } from '../../library.ts';
import { byOrder } from '../../sla/policy.ts';
import { type Problem, warning } from '../problem.ts';
import type { Promises } from './sla-promises.ts';

/** What the other policies leave to this one, and this one to them. Which conditions exclude each other nobody can know. */
export function overlapProblems(sla: Promises, library: Library): Problem[] {
  const others = Object.values(library.slas).filter(({ key }) => key !== sla.key);
  return others.flatMap((other) => {
    const [first, second] = byOrder(sla, other) < 0 ? [sla, other] : [other, sla];
    if (takesAll(first, second)) {
      const text =
        second === sla
          ? `"${first.key}" comes first and matches all of its tickets, so this policy never holds: give it a smaller order`
          : `this policy comes first and matches all tickets of "${second.key}", which never holds: give it a greater order`;
      return [warning(['order'], 'policy-overlap', text)];
    }
    if (sla.order !== other.order) return [];
    const text = `"${other.key}" has the order ${sla.order} too: of tickets that both match "${first.key}" gets all, by its key`;
    return [warning(['order'], 'policy-overlap', text)];
  });
}

function takesAll(first: Promises, second: Promises): boolean {
  return first.when === undefined || first.when === second.when;
}
