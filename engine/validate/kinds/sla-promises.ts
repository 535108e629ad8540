import type { Library } from '../../library.ts';
import { ticketPriorities } from '../../model/ticket.ts';
import type { Sla } from '../../schema/index.ts';
import { type SlaTarget, slaTargets } from '../../schema/sla.ts';
import { pointOf } from '../../sla/policy.ts';
import { parseDuration } from '../../time/duration.ts';
import { dayProblems, lengthProblems, reachProblems, type Span } from '../open-time.ts';
import { mistake, type Path, type Problem, warning } from '../problem.ts';

/** What a policy needs to be kept: as `Sla`, whatever its steps. */
export type Promises = Pick<Sla, 'key' | 'order' | 'when' | 'calendar' | 'targets'> & {
  escalations: Pick<Sla['escalations'][number], 'id' | 'target' | 'at' | 'repeat'>[];
};

/** Goals and points that cannot come, come in a strange order, or are not what their author means. */
export function promiseProblems(sla: Promises, library: Library): Problem[] {
  const calendar = library.calendars[sla.calendar ?? ''];
  const goals = slaTargets.flatMap((target) => goalSpans(sla, target));
  const spans = [...goals, ...sla.escalations.flatMap(pointSpans)];
  return [
    ...spans.flatMap((span) => [...lengthProblems(span), ...dayProblems(span, calendar)]),
    ...(calendar === undefined ? [] : goals.flatMap((goal) => reachProblems(goal, calendar))),
    ...sla.escalations.flatMap((escalation, index) => pointProblems(sla, escalation, ['escalations', index])),
    ...orderProblems(sla),
  ];
}

function goalSpans({ targets }: Promises, target: SlaTarget): Span[] {
  return ticketPriorities.flatMap((priority) => {
    const iso = targets[target]?.[priority];
    return iso === undefined ? [] : [{ iso, path: ['targets', target, priority] }];
  });
}

function pointSpans({ at, repeat }: Promises['escalations'][number], index: number): Span[] {
  const path = ['escalations', index];
  const spans = repeat === undefined ? [] : [{ iso: repeat.every, path: [...path, 'repeat', 'every'] }];
  return isSpan(at) ? [...spans, { iso: at.slice(1), path: [...path, 'at'] }] : spans;
}

function isSpan(at: string): boolean {
  try {
    return at.startsWith('+') && parseDuration(at.slice(1)).time >= 0;
  } catch {
    return false;
  }
}

function pointProblems(sla: Promises, { at, target }: Promises['escalations'][number], path: Path): Problem[] {
  const problems: Problem[] = [];
  if (Object.keys(sla.targets[target] ?? {}).length === 0) {
    const text = `the policy promises no ${target}, so this never comes: give the target a time, or take this out`;
    problems.push(mistake([...path, 'target'], 'wrong-value', text));
  }
  const share = at.endsWith('%') ? Number(at.slice(0, -1)) : null;
  if (share !== null && (share < 1 || share > 100)) {
    problems.push(
      mistake([...path, 'at'], 'wrong-value', `write 1% to 100%, or time after the breach such as "+PT1H"`),
    );
  }
  if (share === null && !isSpan(at)) {
    problems.push(
      mistake([...path, 'at'], 'wrong-value', `"${at}" is no time after the breach: write one such as "+PT1H"`),
    );
  }
  return problems;
}

/** Points in their order, whatever the goal: shares first, then time after the breach. */
function place(at: string): number {
  const { after, from } = pointOf(at, 1000);
  return from === 'start' ? after : 1000 + after;
}

/** Where escalations of one target stand in another order than that in which they come, or two come at once. */
function orderProblems({ escalations }: Promises): Problem[] {
  return slaTargets.flatMap((target) => {
    const points = escalations.flatMap((escalation, index) =>
      escalation.target === target && (escalation.at.endsWith('%') || isSpan(escalation.at))
        ? [{ ...escalation, index, after: place(escalation.at) }]
        : [],
    );
    return points.flatMap(({ id, after, index }, n) => {
      const before = points[n - 1];
      if (before === undefined || before.after < after) return [];
      const text =
        before.after === after
          ? `"${id}" comes at the same moment as "${before.id}": put their steps together`
          : `"${id}" comes before "${before.id}": list them in the order in which they come`;
      return [warning(['escalations', index, 'at'], 'point-order', text)];
    });
  });
}
