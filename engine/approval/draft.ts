import type { JsonObject } from '../json.ts';
import type { Actor } from '../model/actor.ts';
import { isPresent } from '../routing/person.ts';
import type { Colleague } from '../routing/reach.ts';
import { addOpenTime } from '../time/business.ts';
import { addDuration, durationMs } from '../time/duration.ts';
import type { Acted, ApprovalEventName, ApprovalNews, ApprovalScene, Ask } from './command.ts';
import { tally } from './quorum.ts';
import {
  type ApprovalOutcome,
  type ApprovalStage,
  type ApprovalState,
  type Approver,
  awaited,
  type TrailEntry,
} from './state.ts';

/** One approval while something is done to it: a copy that may be written to, and what came out so far. */
export class Draft {
  readonly state: ApprovalState;
  readonly scene: ApprovalScene;
  readonly #people: ReadonlyMap<string, Colleague>;
  readonly #told: ApprovalNews[] = [];
  #asks: Ask[] = [];

  constructor(state: ApprovalState, scene: ApprovalScene) {
    this.state = structuredClone(state);
    this.scene = scene;
    this.#people = new Map(scene.people.map((person) => [person.key, person]));
  }

  done(): Acted {
    return { ok: true, state: this.state, told: this.#told, asks: this.#asks };
  }

  note(what: TrailEntry['what'], by: Actor, more: Partial<TrailEntry> = {}): void {
    const { round } = this.state;
    const given = Object.entries(more).filter(([, value]) => value !== undefined);
    this.state.trail.push({ at: this.scene.at, by, what, round, ...Object.fromEntries(given) });
  }

  tell(name: ApprovalEventName, by: Actor, data: JsonObject = {}): void {
    this.#told.push({ name, by, data: JSON.parse(JSON.stringify(data)) });
  }

  ask(user: string, why: Ask['why']): void {
    this.#asks.push({ user, why });
  }

  isPresent(user: string): boolean {
    const person = this.#people.get(user);
    return person !== undefined && isPresent(person, this.scene.at);
  }

  /** Who is there for a user: they, or a deputy of theirs. */
  standIn(user: string): string | undefined {
    return [user, ...this.#deputies(user)].find((one) => this.isPresent(one));
  }

  /** Asks everybody of the stages from the first on. */
  begin(why: 'asked' | 'asked-again', by: Actor): void {
    const { state } = this;
    this.#setTime('dueAt', state.terms.within);
    for (const stage of state.stages) {
      if (stage.status === 'skipped') this.note('stage-skipped', by, { stage: stage.id });
    }
    this.openNext(why, by);
  }

  /** Opens the next stage; when none is left, the approval is given. */
  openNext(why: 'asked' | 'asked-again', by: Actor, comment?: string): void {
    const { state } = this;
    const stage = state.stages.find(({ status }) => status === 'waiting');
    if (stage === undefined) {
      this.end('approved', by, comment);
      return;
    }
    for (const place of stage.approvers) carry(decisionOf(state, place.user), place);
    stage.status = 'open';
    this.note('stage-opened', by, { stage: stage.id });
    if (this.settle(stage, by, comment)) return;
    this.remindLater();
    this.#setTime('escalateAt', state.terms.escalate?.after);
    this.replaceAbsent(stage);
    for (const user of awaited(state)) this.ask(user, why);
  }

  /** Goes on where a stage's answers suffice. @returns whether they do */
  settle(stage: ApprovalStage, by: Actor, comment?: string): boolean {
    const result = tally(stage);
    if (result === 'open') return false;
    if (result === 'refused') this.end('rejected', by, comment);
    else {
      stage.status = 'passed';
      this.openNext('asked', by, comment);
    }
    return true;
  }

  end(outcome: ApprovalOutcome, by: Actor, comment?: string): void {
    const { state } = this;
    state.status = outcome;
    state.decidedAt = this.scene.at;
    for (const timer of ['dueAt', 'remindAt', 'escalateAt'] as const) delete state[timer];
    // Nobody is asked any more.
    this.#asks = [];
    this.note('decided', by, { outcome, comment });
    this.tell('approval.decided', by, { outcome, ...(comment !== undefined && { comment }) });
  }

  /** Somebody else takes a place. */
  take(stage: ApprovalStage, place: Approver, user: string): void {
    place.through = [...place.through, place.user];
    place.user = user;
    delete place.remindedAt;
    this.note('stood-in', 'system', { stage: stage.id, user, of: place.through[0] });
  }

  /**
   * Puts others in the places of those who are away and have not answered: the deputy of the absence, theirs in turn, then the
   * stage's substitutes; nobody twice in a stage. Where nobody is there, the place is kept. @returns who came in
   */
  replaceAbsent(stage: ApprovalStage): string[] {
    const came: string[] = [];
    for (const place of stage.approvers) {
      if (place.decision !== undefined || this.isPresent(place.user)) continue;
      const candidates = [...this.#deputies(place.user), ...stage.substitutes];
      const other = candidates.find((user) => this.isPresent(user) && isFree(this.state, stage, place, user));
      if (other === undefined) continue;
      this.take(stage, place, other);
      came.push(other);
    }
    return came;
  }

  /** Deputies of somebody who is away, each of the one before. */
  #deputies(user: string): string[] {
    const found: string[] = [];
    for (let one = this.#deputyOf(user); one !== undefined && !found.includes(one); one = this.#deputyOf(one)) {
      found.push(one);
    }
    return found;
  }

  #deputyOf(user: string): string | undefined {
    const { at } = this.scene;
    const absences = this.#people.get(user)?.absences ?? [];
    return absences.find(({ from, until }) => from <= at && at < until)?.deputy;
  }

  /** Sets a timer so long after an instant; without a duration there is none. */
  #setTime(timer: 'dueAt' | 'remindAt' | 'escalateAt', iso: string | undefined, from: number = this.scene.at): void {
    const at = iso === undefined ? null : this.later(iso, from);
    if (at === null) delete this.state[timer];
    else this.state[timer] = at;
  }

  /** Nobody is reminded of what was missed while nothing ran. */
  remindLater(): void {
    const { now } = this.scene;
    this.#setTime('remindAt', this.state.terms.remind);
    const { remindAt } = this.state;
    if (remindAt !== undefined && remindAt <= now) this.#setTime('remindAt', this.state.terms.remind, now);
  }

  /** Whole seconds, and never sooner than asked. Null: the calendar is gone, or has no open time ahead. */
  later(iso: string, from: number): number | null {
    const { calendar, zone } = this.state.terms;
    const hours = calendar === undefined ? undefined : this.scene.calendars[calendar];
    if (calendar !== undefined && hours === undefined) return null;
    const then = hours === undefined ? addDuration(from, iso, zone) : addOpenTime(hours, from, durationMs(iso));
    return then === null ? null : Math.ceil(then / 1000) * 1000;
  }
}

/** A person answers once in a round. @returns the place in which they did */
export function decisionOf({ stages }: Pick<ApprovalState, 'stages'>, user: string): Approver | undefined {
  return stages.flatMap(({ approvers }) => approvers).find((one) => one.user === user && one.decision !== undefined);
}

/** What somebody answered in an earlier stage counts in a later one as well. */
function carry(from: Approver | undefined, to: Approver): void {
  if (from === undefined) return;
  const { decision, comment, at } = from;
  Object.assign(to, { decision, at, ...(comment !== undefined && { comment }) });
}

/** Whether a user may get somebody's place: they have none in the stage, have not answered before, and never handed on this one. */
export function isFree(
  state: ApprovalState,
  { approvers }: ApprovalStage,
  { through }: Approver,
  user: string,
): boolean {
  const has = approvers.some((place) => place.user === user);
  return !has && !through.includes(user) && decisionOf(state, user) === undefined;
}
