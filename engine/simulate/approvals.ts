import { act } from '../approval/act.ts';
import type { Acted, ApprovalCommand, ApprovalScene } from '../approval/command.ts';
import { approvalJson } from '../approval/command.ts';
import { requestOf } from '../approval/item.ts';
import { requestApproval } from '../approval/request.ts';
import { type ApprovalState, attentionAt, awaited, type Verdict, verdicts } from '../approval/state.ts';
import type { JsonObject } from '../json.ts';
import type { Library } from '../library.ts';
import type { Assignee, EffectOf } from '../model/effects.ts';
import type { Person } from '../routing/person.ts';
import type { Colleague } from '../routing/reach.ts';
import type { Consequence, Performed } from './world.ts';

/**
 * The approvals of a run, moved by the same rules as in the company. People that the scenario does not know are there all the time;
 * where nobody has a role, somebody of its name does.
 */
export class Approvals {
  readonly problems: string[] = [];
  readonly #states: ApprovalState[] = [];
  readonly #people: readonly Person[];
  readonly #calendars: Library['calendars'];

  constructor(people: readonly Person[], { calendars }: Library) {
    this.#people = people;
    this.#calendars = calendars;
  }

  /** When silence has its next consequence, epoch ms. */
  get due(): number {
    return Math.min(...this.#states.map((state) => attentionAt(state) ?? Number.POSITIVE_INFINITY));
  }

  /** @param owner of the subject @param document that is bound */
  request(
    { key, instance, item }: EffectOf<'request-approval'>,
    owner: string,
    document: JsonObject | undefined,
    at: number,
  ): Performed {
    const meant = (who: Assignee) => ('user' in who ? [who.user] : 'role' in who ? this.#holders(who.role) : [owner]);
    const bound = document && {
      id: String(document.id),
      number: String(document.number),
      sha256: String(document.sha256),
      gross: Number(document.gross),
      currency: String(document.currency),
    };
    const by = `instance:${instance}` as const;
    const request = requestOf(item, { id: key, requestedBy: by, document: bound }, meant);
    const named = request.stages.flatMap(({ users, substitutes }) => [...users, ...substitutes]);
    const acted = requestApproval(request, by, this.#scene([...named, ...(request.terms.escalate?.to ?? [])], at));
    if (!acted.ok) {
      this.problems.push(acted.message);
      return { result: {}, follows: [] };
    }
    this.#states.push(acted.state);
    return { result: { approval: key }, follows: tellingOf(acted) };
  }

  /** Lets silence have its consequences that are due. @returns the events that follow */
  attend(at: number): Consequence[] {
    return this.#states.flatMap((state) => {
      const next = attentionAt(state);
      return next !== undefined && next <= at ? this.#do(state, { do: 'attend' }, at) : [];
    });
  }

  /** Nobody waits for it any more. @param request effect key @returns the events that follow */
  abandon(request: string, at: number): Consequence[] {
    const state = this.#states.find(({ id }) => id === request);
    return state === undefined ? [] : this.#do(state, { do: 'abandon', by: 'system' }, at);
  }

  /**
   * What a scenario says of the latest approval of a step: `approval.decision` of a `user`, or the outcome, `approval.decided`, which
   * everybody brings about who is asked. @returns the events that follow
   */
  tell(name: string, { user, decision, outcome, comment }: JsonObject, step: string, at: number): Consequence[] {
    const state = this.#states.findLast((one) => one.step?.id === step);
    if (state === undefined)
      return this.#problem(`${name} is about an approval of step "${step}", which had not asked`);
    const said = typeof comment === 'string' ? { comment } : {};
    const verdict = verdicts.find((one) => one === (name === 'approval.decision' ? decision : outcome));
    if (name === 'approval.decided' && outcome === 'withdrawn') {
      return this.#do(state, { do: 'withdraw', by: 'api', ...said }, at);
    }
    if (verdict === undefined || (name !== 'approval.decision' && name !== 'approval.decided')) {
      const text =
        'give approval.decision a user and a decision, or approval.decided an outcome: approved, rejected or withdrawn';
      return this.#problem(`${name} of step "${step}": ${text}`);
    }
    if (name === 'approval.decision') return this.#answer(step, String(user), verdict, said, at);
    const told: Consequence[] = [];
    for (let [next] = this.#asked(step); next !== undefined; [next] = this.#asked(step)) {
      told.push(...this.#answer(step, next, verdict, said, at));
    }
    return told;
  }

  #asked(step: string): string[] {
    const state = this.#states.findLast((one) => one.step?.id === step);
    return state === undefined ? [] : awaited(state);
  }

  #answer(step: string, user: string, decision: Verdict, said: { comment?: string }, at: number): Consequence[] {
    const state = this.#states.findLast((one) => one.step?.id === step);
    if (state === undefined) return [];
    const { round, document } = state;
    return this.#do(
      state,
      { do: 'decide', by: `user:${user}`, decision, round, sha256: document?.sha256, ...said },
      at,
    );
  }

  #do(state: ApprovalState, command: ApprovalCommand, at: number): Consequence[] {
    const places = state.stages.flatMap(({ approvers, substitutes }) => [
      ...approvers.map(({ user }) => user),
      ...substitutes,
    ]);
    const scene = this.#scene([...places, ...(state.terms.escalate?.to ?? [])], at);
    const { document } = state;
    const acted = act(state, command, { ...scene, ...(document && { document: { ...document, status: 'issued' } }) });
    if (!acted.ok) return this.#problem(`approval of step "${state.step?.id}": ${acted.message}`);
    this.#states[this.#states.indexOf(state)] = acted.state;
    return tellingOf(acted);
  }

  #problem(text: string): Consequence[] {
    this.problems.push(text);
    return [];
  }

  #holders(role: string): string[] {
    const holders = this.#people.filter((person) => person.active && person.role === role).map(({ key }) => key);
    return holders.length > 0 ? holders : [role];
  }

  #scene(named: readonly string[], at: number): ApprovalScene {
    const strangers = named.filter((user) => !this.#people.some(({ key }) => key === user));
    const ghosts = strangers.map((key): Colleague => ({ key, role: key, active: true, absences: [] }));
    return { at, now: at, people: [...this.#people, ...ghosts], calendars: this.#calendars };
  }
}

function tellingOf({ state, told }: Extract<Acted, { ok: true }>): Consequence[] {
  const approval = approvalJson(state);
  return told.map(({ name, by, data }) => ({ name, data: { ...data, by, approval } }));
}
