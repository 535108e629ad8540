import { addDuration } from '../time/duration.ts';

/** Something that came in a run. `at`: epoch ms. */
export interface Timed {
  what: string;
  at: number;
}

interface Wanted {
  what: string;
  /** So long after the start. */
  after: string | undefined;
}

/** What of a list did not come as it was wanted, in order and at its time; nothing where nobody asked. */
export function timedMismatches(
  { startedAt, zone }: { startedAt: number; zone: string },
  list: string,
  wanted: readonly Wanted[] | undefined,
  were: readonly Timed[],
): string[] {
  if (wanted === undefined) return [];
  const names = (all: readonly { what: string }[]) => all.map(({ what }) => what).join(', ') || 'none';
  if (names(wanted) !== names(were)) return [`${list}: expected ${names(wanted)}; were ${names(were)}`];
  return wanted.flatMap(({ what, after }, index) => {
    const was = were[index]?.at;
    const at = after === undefined ? was : addDuration(startedAt, after, zone);
    if (was === undefined || at === undefined || at === was) return [];
    return [`${list}: ${what} expected after ${after}, at ${iso(at)}; was at ${iso(was)}`];
  });
}

/** Without milliseconds, as people write instants. */
export function iso(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
