import type { Clock } from '../../config/clock.ts';
import { holdsOrTell } from '../../engine/conditions/evaluate.ts';
import { nextCron } from '../../engine/time/cron.ts';
import { nextTimeOfDay } from '../../engine/time/next.ts';
import { contactViews, memberIds } from '../../store/contacts.ts';
import { insertIntake } from '../../store/intake.ts';
import type { ContactRecordDoc } from '../../store/models/record.ts';
import { keepRecords } from '../../store/records.ts';
import { dueRun, runDone } from '../../store/schedules.ts';
import type { Live, LiveLibrary, LiveProcess } from '../library.ts';
import { tellInto } from './failed-conditions.ts';
import { intakeDoc, intakeItem } from './items.ts';
import { pages } from './pages.ts';

export interface ScheduleDeps {
  clock: Clock;
  library: LiveLibrary;
}

/**
 * Accepts what is due by the calendar: processes that start on a schedule, and the daily review of scores and segments at
 * midnight of the company's zone. Safe to run by several processes and again after a crash: documents of one run have fixed
 * ids, and a run is marked only when all of them are there.
 */
export async function acceptScheduled({ clock, library }: ScheduleDeps): Promise<void> {
  const live = await library.read();
  const now = clock.now();
  for (const process of live.processes) if (process.enabled) await acceptProcess(process, live, now);
  await acceptReview(live, now);
}

async function acceptProcess({ ref, process }: LiveProcess, live: Live, now: number): Promise<void> {
  for (const [index, trigger] of process.triggers.entries()) {
    if (trigger.on !== 'schedule') continue;
    const zone = trigger.timezone ?? live.library.policy.company.timezone;
    const next = nextCron(trigger.cron, zone, now);
    const id = `${ref.key}/${index}/${trigger.cron}/${zone}`;
    const run = next === null ? null : await dueRun(id, now, next);
    if (next === null || run === null) continue;
    for await (const ids of members(trigger.segment)) {
      const { chosen, failures } = await meeting(trigger.when, ids, ref.key, live, now);
      await keepRecords(failures);
      await insertIntake(
        chosen.map((contactId) => {
          const key = `schedule/${id}/${run}/${contactId}`;
          return intakeDoc(
            key,
            [intakeItem('enrol', key, { process: ref.key, contactId, by: 'schedule' }, 'schedule')],
            now,
          );
        }),
      );
    }
    await runDone(id, run, next);
  }
}

interface Meeting {
  chosen: string[];
  /** Of those for whom the condition could not be answered. */
  failures: ContactRecordDoc[];
}

/** Those for whom the condition of a process's trigger holds. */
async function meeting(
  when: string | undefined,
  ids: string[],
  process: string,
  { library: { calendars } }: Live,
  now: number,
): Promise<Meeting> {
  const failures: ContactRecordDoc[] = [];
  if (when === undefined) return { chosen: ids, failures };
  const views = await contactViews(ids);
  const chosen = ids.filter((id) => {
    const contact = views.get(id);
    const tell = tellInto(failures, id, `process/${process}`, now);
    return contact !== undefined && holdsOrTell(when, { contact, now, calendars }, tell);
  });
  return { chosen, failures };
}

/** Points decay and periods pass without any event: once a day everybody is looked at. */
async function acceptReview({ library }: Live, now: number): Promise<void> {
  const next = nextTimeOfDay({ at: '00:00', zone: library.policy.company.timezone }, now);
  const run = await dueRun('daily', now, next);
  if (run === null) return;
  for await (const ids of members(undefined)) {
    const key = `daily/${run}/${ids[0]}`;
    const items = ids.map((contactId) => intakeItem('review', `${key}/${contactId}`, { contactId }, 'schedule'));
    await insertIntake([intakeDoc(key, items, now)]);
  }
  await runDone('daily', run, next);
}

function members(segment: string | undefined): AsyncGenerator<string[]> {
  return pages((after, limit) => memberIds(segment, after, limit));
}
