import type { JsonObject } from '../json.ts';
import type { EffectError } from '../model/event.ts';
import type { Token } from '../model/state.ts';
import type { Leave, Reaction, Signal } from '../steps/define.ts';
import { failure } from '../steps/failure.ts';
import { target } from './compile.ts';
import { compiledStep, type Draft, keyOf, note, visitOf } from './draft.ts';

/** Puts a new token on its way to a step. */
export function launch(draft: Draft, to: string, inside?: { parent: number; branch: string }): void {
  const { state } = draft;
  const token: Token = {
    id: state.nextToken,
    step: to,
    visit: 0,
    phase: 'waiting',
    data: {},
    deadline: null,
    since: draft.at,
    ...inside,
  };
  state.nextToken += 1;
  state.tokens.push(token);
  draft.moves.push({ token, to });
}

/** Carries out all moves that are due now, and what they lead to. */
export function settle(draft: Draft): void {
  for (let move = draft.moves.shift(); move !== undefined; move = draft.moves.shift()) {
    if (move.to === null) runOff(draft, move.token);
    else enter(draft, move.token, move.to);
  }
}

function enter(draft: Draft, token: Token, id: string): void {
  const { state, compiled } = draft;
  const visit = (state.visits[id] ?? 0) + 1;
  state.visits = { ...state.visits, [id]: visit };
  state.entered = { ...state.entered, [id]: draft.happened };
  Object.assign(token, { step: id, visit, phase: 'waiting', data: {}, deadline: null, since: draft.at });
  if (token.incident !== undefined) delete token.incident;
  note(draft, 'entered', token);
  const { maxVisits } = compiled.process.settings;
  if (visit > maxVisits) {
    const message = `Entered "${id}" more than ${maxVisits} times; see why its loop does not end, or raise settings.maxVisits.`;
    standStill(draft, token, failure('MAX_VISITS_EXCEEDED', message));
    return;
  }
  react(draft, token, compiledStep(draft, id).type.enter(visitOf(draft, token)));
}

/** Tells the step at which a token stands that something came. */
export function signal(draft: Draft, token: Token, what: Signal): Reaction {
  const reaction = compiledStep(draft, token.step).type.on(visitOf(draft, token), what);
  react(draft, token, reaction, what);
  return reaction;
}

/** Enters the step again without counting a visit: the same effect key. */
export function enterAgain(draft: Draft, token: Token): void {
  token.phase = 'waiting';
  delete token.incident;
  react(draft, token, compiledStep(draft, token.step).type.enter(visitOf(draft, token)));
}

function react(draft: Draft, token: Token, reaction: Reaction, cause?: Signal): void {
  switch (reaction.do) {
    case 'stay':
      if (reaction.data !== undefined) token.data = reaction.data;
      return;
    case 'leave':
      depart(draft, token, reaction, cause);
      return;
    case 'wait': {
      token.phase = 'waiting';
      // Whole seconds, and never sooner than asked.
      token.deadline = reaction.until === null ? null : Math.ceil(reaction.until / 1000) * 1000;
      if (reaction.data !== undefined) token.data = reaction.data;
      note(draft, reaction.as ?? 'waiting', token, { deadline: token.deadline, ...reaction.detail });
      return;
    }
    case 'perform': {
      token.phase = 'performing';
      token.deadline = null;
      if (reaction.data !== undefined) token.data = reaction.data;
      draft.effects.push({ ...reaction.effect, key: keyOf(draft.state, token), instance: draft.state.id });
      explain(draft, token, { effect: reaction.effect.name, ...reaction.detail });
      return;
    }
    case 'fork': {
      token.phase = 'waiting';
      token.deadline = null;
      if (reaction.data !== undefined) token.data = reaction.data;
      note(draft, 'waiting', token, { branches: reaction.branches, ...reaction.detail });
      const { branches } = compiledStep(draft, token.step);
      for (const branch of reaction.branches) {
        const first = branches.get(branch);
        if (first !== undefined) launch(draft, first, { parent: token.id, branch });
      }
      return;
    }
    case 'end':
      note(draft, 'left', token, { exit: 'end', ...reaction.detail });
      finish(draft, reaction.outcome);
      return;
    case 'fail':
      fail(draft, token, reaction.error);
      return;
  }
}

function depart(draft: Draft, token: Token, { exit, as, detail, take, vars, arms }: Leave, cause?: Signal): void {
  const { state } = draft;
  if (vars !== undefined) state.vars = { ...state.vars, ...vars };
  if (arms !== undefined) state.arms = { ...state.arms, ...arms };
  if (take !== undefined) state.inbox = state.inbox.filter((event) => event.id !== take);
  note(draft, as ?? 'left', token, { exit, ...detail });
  leave(draft, token, exit, cause);
}

/** Goes on by an exit. A wait that is over is told to the containers around it first: one of them may end here. */
export function leave(draft: Draft, token: Token, exit: string, cause?: Signal): void {
  if (cause?.type === 'due' || cause?.type === 'received') {
    for (let around = parentOf(draft, token); around !== undefined; around = parentOf(draft, around)) {
      signal(draft, around, { type: 'wait-passed' });
      if (!draft.state.tokens.includes(token)) return;
    }
  }
  removeBelow(draft, token);
  token.deadline = null;
  draft.moves.push({ token, to: target(compiledStep(draft, token.step), exit) });
}

/** A terminal failure: the way that `onError` names, else an incident that stands until somebody decides. */
export function fail(draft: Draft, token: Token, error: EffectError): void {
  const { onError } = compiledStep(draft, token.step).step;
  if (onError === undefined) {
    standStill(draft, token, error);
    return;
  }
  note(draft, 'incident', token, { code: error.code, message: error.message, onError });
  removeBelow(draft, token);
  token.deadline = null;
  draft.moves.push({ token, to: onError });
}

function standStill(draft: Draft, token: Token, error: EffectError): void {
  removeBelow(draft, token);
  token.phase = 'incident';
  token.deadline = null;
  token.incident = { code: error.code, message: error.message, at: draft.at };
  note(draft, 'incident', token, { code: error.code, message: error.message });
}

/** Takes back what a step asked for that is ended by something else. */
export function abandon(draft: Draft, token: Token): void {
  // On its way, it has left its last step by itself, and entered no other.
  if (token.phase === 'incident' || draft.moves.some((move) => move.token === token)) return;
  const effect = compiledStep(draft, token.step).type.abandon(visitOf(draft, token));
  if (effect === undefined) return;
  draft.effects.push({ ...effect, key: `${keyOf(draft.state, token)}/abandoned`, instance: draft.state.id });
}

function runOff(draft: Draft, token: Token): void {
  const { state } = draft;
  state.tokens = state.tokens.filter((other) => other !== token);
  const around = parentOf(draft, token);
  if (around === undefined) finish(draft, 'completed');
  else signal(draft, around, { type: 'branch-ended', branch: token.branch ?? '' });
}

/** Ends the instance: nothing stands, nothing waits. */
export function finish(draft: Draft, outcome: string): void {
  const { state } = draft;
  for (const token of state.tokens) abandon(draft, token);
  Object.assign(state, { status: 'ended', outcome, endedAt: draft.at, tokens: [], inbox: [], held: [] });
  draft.moves = [];
  note(draft, 'ended', undefined, { outcome });
}

function parentOf({ state }: Draft, token: Token): Token | undefined {
  return token.parent === undefined ? undefined : state.tokens.find((other) => other.id === token.parent);
}

function removeBelow(draft: Draft, token: Token): void {
  const { state } = draft;
  if (!state.tokens.some((other) => other.parent === token.id)) return;
  const gone = new Set([token.id]);
  // A child's id is always above its parent's.
  for (const other of state.tokens) if (other.parent !== undefined && gone.has(other.parent)) gone.add(other.id);
  gone.delete(token.id);
  for (const other of state.tokens) if (gone.has(other.id)) abandon(draft, other);
  state.tokens = state.tokens.filter((other) => !gone.has(other.id));
  draft.moves = draft.moves.filter((move) => !gone.has(move.token.id));
}

/** Adds what was read to the step's `entered` line when that has just been written, else writes a line of its own. */
function explain(draft: Draft, token: Token, detail: JsonObject): void {
  const latest = draft.timeline.at(-1);
  if (latest?.kind === 'entered' && latest.step === token.step && latest.visit === token.visit) latest.detail = detail;
  else note(draft, 'waiting', token, detail);
}
