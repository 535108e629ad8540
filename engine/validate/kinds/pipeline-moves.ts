import type { z } from 'zod';
import type { Library } from '../../library.ts';
import { dealEnds } from '../../model/deal.ts';
import { leavesFrom } from '../../pipeline/automatic.ts';
import type { PipelineMove, pipelineSchema } from '../../schema/pipeline.ts';
import { conditionProblems } from '../conditions.ts';
import type { anyList } from '../outline.ts';
import { mistake, type Path, type Problem, warning } from '../problem.ts';
import { hint, suggest } from '../suggest.ts';

/** A pipeline whose form is right, whatever its steps. */
export type Draft = z.infer<ReturnType<typeof pipelineSchema<typeof anyList>>>;
export type DraftStage = Draft['stages'][number];

/** Stages and reasons that moves name, their conditions, and where they lead together. */
export function moveProblems(draft: Draft, library: Library): Problem[] {
  const stages = draft.stages.map(({ key }) => key);
  const reasons = draft.lostReasons.map(({ key }) => key);
  return [
    ...draft.moves.flatMap((move, index) => {
      const path = ['moves', index];
      return [
        ...known('stage', move.to, [...stages, ...dealEnds], [...path, 'to']),
        ...(move.from ?? []).flatMap((key, n) => known('stage', key, stages, [...path, 'from', n])),
        ...conditionProblems(move.when, [...path, 'when'], ['deal', 'contact', 'event', 'now'], library),
        ...reasonProblems(move, reasons, [...path, 'reason']),
      ];
    }),
    ...unreachable(draft),
    ...cycles(draft),
  ];
}

function known(what: string, key: string, keys: readonly string[], path: Path): Problem[] {
  if (keys.includes(key)) return [];
  return [mistake(path, 'unknown-stage', `unknown ${what} "${key}"${hint(key, keys)}`, suggest(key, keys))];
}

function reasonProblems({ to, reason }: PipelineMove, reasons: readonly string[], path: Path): Problem[] {
  if (to !== 'lost') {
    return reason === undefined ? [] : [mistake(path, 'wrong-value', 'only a move to "lost" has a reason')];
  }
  if (reason !== undefined) return known('reason', reason, reasons, path);
  if (reasons.length === 0) return [];
  return [mistake(path, 'missing-key', `a lost deal has a reason: give one of ${reasons.join(', ')}`, reasons[0])];
}

/** Stages into which people alone bring deals, where the pipeline moves others by itself. */
function unreachable({ stages, moves }: Draft): Problem[] {
  if (moves.length === 0) return [];
  return stages.flatMap(({ key }, index) => {
    if (index === 0 || moves.some(({ to }) => to === key)) return [];
    return [
      warning(['stages', index], 'unreachable-stage', `no move leads to "${key}": people alone bring deals there`),
    ];
  });
}

/** Told of a deal that was moved: a move on it may follow from another move. */
const ofMoves = 'deal.stage-changed';

/** Circles of moves that follow from one another: without any condition they never end, with conditions alone they may not. */
function cycles(draft: Draft): Problem[] {
  const following = draft.moves.filter(({ on }) => on === undefined || on === ofMoves);
  const endless = circles(
    draft,
    following.filter(({ when }) => when === undefined),
  );
  const told = new Set(endless.map(({ move }) => move));
  const doubtful = circles(draft, following).filter(({ move }) => !told.has(move));
  return [
    ...endless.map(({ way, path }) => {
      return mistake(
        path,
        'move-cycle',
        `${way} turns without end: give one of these moves a "when", or another event`,
      );
    }),
    ...doubtful.map(({ way, path }) => {
      return warning(path, 'move-cycle', `${way} turns as long as the conditions hold: let them exclude each other`);
    }),
  ];
}

/** One for each move that closes a circle. */
function circles(draft: Draft, moves: readonly PipelineMove[]): { move: PipelineMove; way: string; path: Path }[] {
  const found: { move: PipelineMove; way: string; path: Path }[] = [];
  const done = new Set<string>();
  const walk = (stage: string, trail: readonly string[]): void => {
    if (done.has(stage)) return;
    for (const move of moves.filter((one) => leavesFrom(one, stage, draft))) {
      const way = [...trail, stage];
      const start = way.indexOf(move.to);
      if (start < 0) walk(move.to, way);
      else {
        const text = [...way.slice(start), move.to].join(' → ');
        found.push({ move, way: text, path: ['moves', draft.moves.indexOf(move), 'to'] });
      }
    }
    done.add(stage);
  };
  for (const { key } of draft.stages) walk(key, []);
  return found.filter(({ move }, index) => found.findIndex((other) => other.move === move) === index);
}
