import { contentHash } from '../../../engine/hash.ts';
import { insertIntake } from '../../../store/intake.ts';
import type { UserDoc } from '../../../store/models/user.ts';
import { dueReview, reviewDone } from '../../../store/reviews.ts';
import { openTicketIds } from '../../../store/tickets.ts';
import { listUsers } from '../../../store/users.ts';
import type { Live } from '../../library.ts';
import type { BatchDeps } from '../batch.ts';
import { intakeDoc, intakeItem } from '../items.ts';
import { pages } from '../pages.ts';

/** Kinds of definitions by which clocks and routing of tickets go. */
const kinds: readonly string[] = ['sla', 'calendar', 'routing'];

/**
 * Accepts a look at every open ticket once the policies, calendars, routings or people have changed, whoever changed them.
 * Safe to run by several processes and again after a crash: documents of one run have fixed ids, and a run is marked only when
 * all of them are there.
 */
export async function acceptTicketReviews({ clock, library }: BatchDeps): Promise<void> {
  const [live, users] = await Promise.all([library.read(), listUsers()]);
  const now = clock.now();
  const run = await dueReview('tickets', fingerprint(live, users), now);
  if (run === null) return;
  for await (const ids of pages(openTicketIds)) {
    const key = `ticket-review/${run}/${ids[0]}`;
    const items = ids.map((ticketId) =>
      intakeItem(
        'ticket',
        `${key}/${ticketId}`,
        { do: 'review', ticketId, by: 'system', why: 'policies, calendars or people changed' },
        'schedule',
      ),
    );
    await insertIntake([intakeDoc(key, items, now)]);
  }
  await reviewDone('tickets', run);
}

function fingerprint({ versions }: Live, users: readonly UserDoc[]): string {
  const definitions = versions
    .filter(({ definition }) => kinds.includes(definition.kind))
    .map(({ definition, ref, enabled }) => [definition.kind, ref.key, ref.hash, enabled]);
  const people = users.map(({ _id, active, role, team, skills, capacity, calendar, absences }) => {
    return { _id, active, role, team, skills, capacity, calendar, absences };
  });
  return contentHash(JSON.parse(JSON.stringify({ definitions, people })));
}
