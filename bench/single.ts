import { eachAtMost } from '../delivery/dispatch/concurrency.ts';
import type { DefinitionRef } from '../engine/model/state.ts';
import { type InstanceDoc, Instances } from '../store/models/instance.ts';
import { type CohortInput, cohortWorkflow, type Entrant } from '../workflows/messages.ts';
import { baselineId, handWritten, startBaseline, startEach, startsAtOnce } from './baseline/worker.ts';
import type { Benchmark } from './frame/benchmark.ts';
import { makeContacts } from './frame/people.ts';
import { expectEnded, untilEnded } from './frame/progress.ts';
import { publish } from './frame/publish.ts';
import { compare, perSecond } from './frame/rounds.ts';
import { startHost } from './frame/runtime.ts';
import { openStage, type Stage } from './frame/stage.ts';
import { journey } from './journey.ts';

/** Journeys that are each hosted by a workflow of their own, against the same written by hand. */
export const single: Benchmark = {
  name: 'single',
  title: 'Journeys of three effects and two timers one by one, against a hand-written workflow per contact',
  pure: false,
  async run(setting) {
    const count = setting.quick ? 20 : 300;
    const stage = await openStage(setting.servers);
    const host = await startHost(stage);
    const stopBaseline = await startBaseline(stage);
    try {
      const definition = await publish(journey);
      const { ours, theirs, ratio } = await compare(
        {
          ours: {
            name: 'Voronka, cohorts of one',
            measure: (round) => alone(count, (round + 1) * count, definition, stage),
          },
          theirs: { name: 'A workflow per contact', measure: () => handWritten(count, stage) },
        },
        'journeys/s',
        setting,
      );
      const events = await historyLengths(definition, stage);
      const aim = { name: 'Voronka one by one, of a workflow per contact,', unit: '×', value: ratio, atLeast: 0.9 };
      const history = { name: 'History of a journey', unit: 'events', value: events.ours, atMost: events.theirs };
      return {
        figures: [
          ours,
          theirs,
          { name: 'History, Voronka', unit: 'events', rounds: [events.ours] },
          { name: 'History, a workflow per contact', unit: 'events', rounds: [events.theirs] },
        ],
        aims: [aim, history],
        conditions: {
          'Journeys per round': count,
          'Starts under way at once': startsAtOnce,
          'From, to': 'start of the workflow; last effect written, with us also the instance marked as ended',
        },
      };
    } finally {
      await stopBaseline();
      await host.stop();
      await stage.close();
    }
  },
};

/** Cohorts of one, started past the intake: it would make cohorts of them. */
async function alone(count: number, total: number, definition: DefinitionRef, stage: Stage): Promise<number> {
  const contacts = await makeContacts(count);
  const entrants = contacts.map((contactId) => entrant(contactId, definition));
  await Instances.insertMany(entrants.map(instance), { ordered: false, lean: true });
  const rate = await perSecond(count, async () => {
    await eachAtMost(startsAtOnce, entrants, (one) => startCohort(one, stage));
    await untilEnded(contacts);
  });
  await expectEnded(total);
  return rate;
}

async function startCohort(one: Entrant, { client, config }: Stage): Promise<void> {
  await client.workflow.start<(input: CohortInput) => Promise<void>>(cohortWorkflow, {
    workflowId: one.id,
    taskQueue: config.temporal.taskQueue,
    args: [{ entrants: [one] }],
  });
}

/** Events in the histories of one journey each. */
async function historyLengths(definition: DefinitionRef, stage: Stage): Promise<{ ours: number; theirs: number }> {
  const contacts = await makeContacts(2);
  const [ours = '', theirs = ''] = contacts;
  const one = entrant(ours, definition);
  await Instances.insertMany([instance(one)], { lean: true });
  await Promise.all([startCohort(one, stage), startEach([theirs], stage)]);
  const lengthOf = async (workflowId: string) => {
    const handle = stage.client.workflow.getHandle(workflowId);
    await handle.result();
    return (await handle.describe()).historyLength;
  };
  const [oursLength, theirsLength] = await Promise.all([lengthOf(one.id), lengthOf(baselineId(theirs))]);
  return { ours: oursLength, theirs: theirsLength };
}

function entrant(contactId: string, definition: DefinitionRef): Entrant {
  return {
    id: `alone-${contactId}`,
    definition,
    subject: { kind: 'contact', id: contactId, contactId },
    trigger: { id: `enrolled-${contactId}`, name: 'process.enrolled', occurredAt: Date.now(), seq: 1, data: {} },
    vars: {},
  };
}

function instance({ id, ...one }: Entrant): InstanceDoc {
  const now = new Date();
  return {
    ...one,
    _id: id,
    process: one.definition.key,
    contactId: one.subject.contactId,
    entryKey: '',
    status: 'starting',
    workflowId: id,
    at: [],
    incidents: [],
    startedAt: now,
    updatedAt: now,
  };
}
