import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clock, scaledClock, writeBase } from '../../config/clock.ts';
import { intakeDoc } from '../../delivery/intake/items.ts';
import { submitIntake } from '../../delivery/intake/submit.ts';
import { openQueues, type Queues } from '../../delivery/queues.ts';
import { closeStore, connectStore, ensureIndexes } from '../../store/connect.ts';
import { newId } from '../../store/id.ts';
import { Intake, type IntakeItem } from '../../store/models/intake.ts';
import { saveUser } from '../../store/users.ts';
import { type TestEnvironment, testEnvironment } from '../support/environment.ts';
import { eventually } from '../support/poll.ts';
import { publish } from '../support/records.ts';
import { type Running, runBuilt } from './processes.ts';
import {
  begin,
  deeds,
  expectEscalatedOnce,
  hours,
  idOf,
  minute,
  opens,
  plainMinutes,
  policies,
  untilQuiet,
} from './tickets.ts';

/** Virtual seconds per real second: the three hours of the story take nine minutes. */
const scale = 20;
/** Tickets that come in the same minute. */
const batch = 100;

let environment: TestEnvironment;
let queues: Queues;
let clock: Clock;
let running: Running[] = [];

beforeEach(async () => {
  // Only what it says tells when a worker is at work.
  environment = await testEnvironment({ LOG_LEVEL: 'info', VORONKA_TIME_SCALE: String(scale) });
  await connectStore(environment.mongoUri);
  await ensureIndexes();
  queues = openQueues({ redisUrl: environment.redisUrl, prefix: environment.redisPrefix });
  for (const one of [hours, ...policies]) await publish(one);
  for (const _id of ['anna', 'lena']) {
    await saveUser({ _id, name: _id, role: 'agent', language: 'en', active: true, skills: [], absences: [] });
  }
  const base = { real: Date.now(), virtual: begin, scale };
  writeBase(environment.config.dataFolder, base, 'replace');
  clock = scaledClock(base);
});

afterEach(async () => {
  // None outlives a test that failed.
  await Promise.all(running.map((worker) => worker.kill()));
  await queues.close();
  await closeStore();
  await environment.close();
});

it('escalates 1,000 tickets under four policies once each, at the right minute, while workers are killed', {
  timeout: 40 * minute,
}, async () => {
  const tickets = 1_000;
  running = [runBuilt('worker.js', environment.env), runBuilt('worker.js', environment.env)];
  const story = playStory(tickets);
  const kills = await killUntil(story);
  // By then everything has come that is to come.
  const end = begin + 175 * minute;
  await untilVirtual(end);
  await untilQuiet(tickets, end, () => running.map((worker) => worker.output()).join('\n'));
  await Promise.all(running.map((worker) => worker.stop()));

  const { count, latest } = await expectEscalatedOnce(tickets, end);
  expect(kills).toBeGreaterThanOrEqual(5);
  // Left alone, answered at once, answered after the warning.
  expect(await plainMinutes(0)).toEqual([60, 120, 130, 140]);
  expect(await plainMinutes(4)).toEqual([]);
  expect(await plainMinutes(12)).toEqual([60]);
  console.info(
    `${count} escalations of ${tickets} tickets, ${kills} kills; the latest task ${latest / 1_000} virtual s late`,
  );
});

/** Tickets come minute by minute, and what is done to them follows at its distance. */
async function playStory(tickets: number): Promise<void> {
  const rounds = Array.from({ length: Math.ceil(tickets / batch) }, (_, round) => {
    const numbers = Array.from({ length: batch }, (_, index) => round * batch + index);
    return [
      { at: round, items: numbers.map(opens) },
      ...deeds.map(({ after, does }) => ({
        at: round + after,
        items: numbers.flatMap((n): IntakeItem[] => {
          const body = does(n);
          return body === null
            ? []
            : [{ kind: 'ticket', id: `${idOf(n)}-${after}`, source: 'test', body: { ...body } }];
        }),
      })),
    ];
  });
  for (const { at, items } of rounds.flat().sort((a, b) => a.at - b.at)) {
    await untilVirtual(begin + at * minute);
    const now = Math.floor(clock.now() / 1_000) * 1_000;
    await submitIntake(queues.intake, [intakeDoc(newId(), items, now)]);
  }
  await untilVirtual(begin + 160 * minute);
}

/**
 * Kills one worker after the other, each at a random moment once the intake goes on: a transaction that a killed one leaves open
 * can hold it for a minute. @returns how many
 */
async function killUntil(story: Promise<void>): Promise<number> {
  let isOver = false;
  const told = story.finally(() => {
    isOver = true;
  });
  let kills = 0;
  while (!isOver) {
    const [worker] = running.splice(0, 1);
    await eventually(() => worker?.output().includes('the worker is at work'), { within: 2 * minute });
    const applied = await Intake.countDocuments({ status: 'done' });
    const goesOn = async () => isOver || (await Intake.countDocuments({ status: 'done' })) > applied;
    await eventually(goesOn, { within: 5 * minute, every: 1_000 });
    await pause(5_000 + Math.random() * 30_000);
    await worker?.kill();
    kills += 1;
    running.push(runBuilt('worker.js', environment.env));
  }
  await told;
  return kills;
}

async function untilVirtual(at: number): Promise<void> {
  await eventually(() => clock.now() >= at, { within: 20 * minute, every: 200 });
}
