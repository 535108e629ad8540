import { holdsOrTell, type Tell, type Values } from '../conditions/evaluate.ts';
import type { ContactView, Score, ScoreClass } from '../model/contact.ts';
import type { DomainEvent } from '../model/event.ts';
import type { Scoring, ScoringRule } from '../schema/scoring.ts';
import { durationMs } from '../time/duration.ts';
import { decayed, wholePoints } from './decay.ts';
import type { ScoreEntry } from './entry.ts';

/**
 * The entries that an event adds to a contact's ledger: one for each rule on it whose `when` holds and whose limit has
 * room, whatever the order in which events arrive. `entries` is what the ledger holds of the contact; an event that is
 * in it already adds nothing. A condition that cannot be answered does not hold; `tell` hears of it, unless only a field is
 * missing.
 */
export function scoreEvent(
  scoring: Scoring,
  entries: readonly ScoreEntry[],
  contact: ContactView,
  event: DomainEvent,
  calendars: Values['calendars'] = {},
  tell?: Tell,
): ScoreEntry[] {
  const values: Values = { contact, event, now: event.occurredAt, calendars };
  return scoring.rules.flatMap((rule) => {
    const id = `${event.id}/${rule.id}`;
    if (rule.event !== event.name || entries.some((entry) => entry.id === id)) return [];
    if (!answers(rule, values, tell) || !hasRoom(rule, entries, event.occurredAt)) return [];
    return [
      {
        id,
        axis: rule.axis,
        rule: rule.id,
        ...(rule.group === undefined ? {} : { group: rule.group }),
        points: rule.points,
        ...(rule.halfLife === undefined ? {} : { halfLife: rule.halfLife }),
        reason: event.name,
        at: event.occurredAt,
      },
    ];
  });
}

/**
 * The score at a moment (epoch ms): the decayed entries of the ledger, and the points of the rules without an event
 * whose `when` holds of the contact now. A group counts for no more than its cap; where its rules are of both axes, each
 * axis gives way in proportion. Every figure is rounded on its own, so `total` may differ from the sum by a point.
 */
export function total(
  scoring: Scoring,
  entries: readonly ScoreEntry[],
  contact: ContactView,
  now: number,
  calendars: Values['calendars'] = {},
  tell?: Tell,
): Score {
  const values: Values = { contact, now, calendars };
  const standing = scoring.rules.filter(
    (rule) => rule.event === undefined && rule.when !== undefined && answers(rule, values, tell),
  );
  const counted = [
    ...standing.map(({ axis, group, points }) => ({ axis, group, points })),
    ...entries.map((entry) => ({
      axis: entry.axis,
      group: entry.group,
      points: decayed(entry.points, entry.halfLife, now - entry.at),
    })),
  ];
  const groups = new Map<string, number>();
  for (const { group, points } of counted) {
    if (group !== undefined) groups.set(group, (groups.get(group) ?? 0) + points);
  }
  const sums = { fit: 0, engagement: 0 };
  for (const { axis, group, points } of counted) {
    const sum = group === undefined ? undefined : groups.get(group);
    const cap = group === undefined ? undefined : scoring.groups[group]?.cap;
    sums[axis] += sum !== undefined && cap !== undefined && sum > cap ? (points * cap) / sum : points;
  }
  const whole = wholePoints(sums.fit + sums.engagement);
  return {
    fit: wholePoints(sums.fit),
    engagement: wholePoints(sums.engagement),
    total: whole,
    class: classOf(scoring, whole),
  };
}

/** Both classes when they differ, else null. */
export function classChange(
  before: Pick<Score, 'class'>,
  after: Pick<Score, 'class'>,
): { from: ScoreClass; to: ScoreClass } | null {
  return before.class === after.class ? null : { from: before.class, to: after.class };
}

function classOf(scoring: Scoring, points: number): ScoreClass {
  if (points >= scoring.classes.hot) return 'hot';
  return points >= scoring.classes.warm ? 'warm' : 'cold';
}

function answers({ id, when }: ScoringRule, values: Values, tell: Tell = () => {}): boolean {
  return when === undefined || holdsOrTell(when, values, (failed) => tell({ ...failed, rule: id }));
}

/** Whether one more entry at that moment leaves no rolling period with more than `max`. */
function hasRoom(rule: ScoringRule, entries: readonly ScoreEntry[], at: number): boolean {
  if (!rule.limit) return true;
  const { max, per } = rule.limit;
  const times = entries.filter((entry) => entry.rule === rule.id).map((entry) => entry.at);
  if (per === undefined) return times.length < max;
  const period = durationMs(per);
  const sorted = [...times, at].sort((a, b) => a - b);
  return sorted.every((time, index) => {
    const next = sorted[index + max];
    return next === undefined || next - time >= period || at < time || at > next;
  });
}
