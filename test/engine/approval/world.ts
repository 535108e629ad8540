import fc from 'fast-check';
import { expect } from 'vitest';
import { act } from '../../../engine/approval/act.ts';
import type { Acted, ApprovalCommand, ApprovalScene, PresentDocument } from '../../../engine/approval/command.ts';
import { type ApprovalState, type ApprovalStatus, awaited, type Verdict } from '../../../engine/approval/state.ts';
import type { Colleague } from '../../../engine/routing/reach.ts';
import { hour, start } from './ask.ts';

export const users = ['anna', 'boris', 'clara', 'dmitri', 'elena', 'fedor'];
export const anybody: fc.Arbitrary<string> = fc.constantFrom(...users);

/** Anybody, or one of those who are asked now. */
const decider = fc.oneof(anybody, { weight: 3, arbitrary: fc.constant(undefined) });

/** What is shown to who decides: as it is, as it was some versions ago, or bytes that never were the document's. */
const shown = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  fc.integer({ min: 1, max: 3 }),
  fc.constant('forged' as const),
);
export const deeds = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('decide' as const), who: decider, no: fc.nat({ max: 3 }), shown }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delegate' as const), who: anybody, to: anybody }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('attend' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 24 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tell' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const), of: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('void' as const, 'withdraw' as const), who: anybody }) },
);
export type Deed = typeof deeds extends fc.Arbitrary<infer T> ? T : never;
type Decide = Extract<ApprovalCommand, { do: 'decide' }>;

/** The world around one approval, and what it ought to come to, counted without the code that is to be proved. */
export class World {
  state: ApprovalState;
  at = start;
  readonly #people: Colleague[];
  /** Every version of the document that there was, the latest last; none where nothing is bound. */
  readonly #versions: PresentDocument[];
  /** What has happened to the document and is not told yet. */
  readonly #untold: ApprovalCommand[] = [];
  readonly #sent: Decide[] = [];
  /** Answers that were taken, by round and person. */
  readonly #answers = new Map<string, Verdict>();
  #decided = 0;

  constructor(state: ApprovalState, people: Colleague[]) {
    this.state = state;
    this.#people = people;
    this.#versions = state.document === undefined ? [] : [{ ...state.document, status: 'issued' }];
    this.#decided = state.status === 'pending' ? 0 : 1;
    this.check(state);
  }

  run(deed: Deed): void {
    switch (deed.do) {
      case 'pass':
        this.at += deed.hours * hour;
        return;
      case 'edit':
      case 'void':
        this.#change(deed.do);
        return;
      case 'tell': {
        const telling = this.#untold.shift();
        if (telling !== undefined) this.#do(telling);
        return;
      }
      case 'attend':
        this.#do({ do: 'attend' });
        return;
      case 'withdraw':
        this.#do({ do: 'withdraw', by: `user:${deed.who}` });
        return;
      case 'delegate':
        this.#do({ do: 'delegate', by: `user:${deed.who}`, to: deed.to });
        return;
      case 'decide':
        this.#decide(deed);
        return;
      case 'replay': {
        const again = this.#sent[deed.of % Math.max(1, this.#sent.length)];
        if (again !== undefined) this.#do(again);
      }
    }
  }

  /** The bytes change at once; that they did is told later. */
  #change(how: 'edit' | 'void'): void {
    const last = this.#versions.at(-1);
    if (last === undefined || last.status !== 'issued') return;
    last.status = how === 'void' ? 'void' : 'superseded';
    if (how === 'void') {
      this.#untold.push({ do: 'document-changed', by: 'api', was: last.id });
      return;
    }
    const id = `v${this.#versions.length + 1}`;
    this.#versions.push({ id, status: 'issued', sha256: `hash of ${id}` });
    const document = { id, number: id, sha256: `hash of ${id}` };
    this.#untold.push({ do: 'document-changed', by: 'api', was: last.id, document });
  }

  #decide({ who, no, shown }: Extract<Deed, { do: 'decide' }>): void {
    const ago = shown === 'forged' ? 0 : shown;
    const person = who ?? awaited(this.state)[0] ?? 'anna';
    const sha256 = shown === 'forged' ? 'of other bytes' : this.#versions.at(-1 - ago)?.sha256;
    const command: Decide = {
      do: 'decide',
      by: `user:${person}`,
      decision: no === 0 ? 'rejected' : 'approved',
      round: Math.max(1, this.state.round - ago),
      sha256,
    };
    this.#sent.push(command);
    this.#do(command);
  }

  #do(command: ApprovalCommand): void {
    const before = structuredClone(this.state);
    const acted = act(this.state, command, this.#scene());
    expect(this.state).toEqual(before);
    if (!acted.ok) return;
    if (before.status !== 'pending') expect(acted.state).toBe(this.state);
    if (acted.state === this.state) {
      expect([acted.told, acted.asks]).toEqual([[], []]);
      return;
    }
    if (command.do === 'decide') this.#answer(command);
    this.#learn(before, acted, command);
    this.state = acted.state;
    this.check(before);
    // The same once more is done already, or its time is not now.
    if (command.do !== 'delegate') {
      const again = act(this.state, command, this.#scene());
      expect(again.ok && again.state === this.state).toBe(true);
    }
  }

  #scene(): ApprovalScene {
    const document = this.#versions.find(({ id }) => id === this.state.document?.id);
    return { at: this.at, now: this.at, people: this.#people, calendars: {}, document };
  }

  /** An answer that was taken: by somebody who was asked, for the present bytes and no others, once in the round. */
  #answer({ by, decision, sha256, round }: Decide): void {
    const who = by.slice('user:'.length);
    const present = this.#versions.at(-1);
    expect([round, sha256]).toEqual([this.state.round, present?.sha256]);
    if (present !== undefined) expect([present.status, present.id]).toEqual(['issued', this.state.document?.id]);
    const open = this.state.stages.find(({ status }) => status === 'open');
    expect(open?.approvers.map(({ user }) => user)).toContain(who);
    expect(this.#answers.has(`${round}/${who}`)).toBe(false);
    this.#answers.set(`${round}/${who}`, decision);
  }

  #learn(before: ApprovalState, { state, told }: Extract<Acted, { ok: true }>, { do: what }: ApprovalCommand): void {
    const ends = told.filter(({ name }) => name === 'approval.decided');
    this.#decided += ends.length;
    expect(this.#decided).toBe(state.status === 'pending' ? 0 : 1);
    expect(state.trail.slice(0, before.trail.length)).toEqual(before.trail);
    expect(state.round - before.round).toBe(told.some(({ name }) => name === 'approval.asked-again') ? 1 : 0);
    if (state.status === 'timed-out') {
      expect(what).toBe('attend');
      expect(before.dueAt).toBeLessThanOrEqual(this.at);
    }
    if (what === 'attend' && state.status === 'pending') expect(state.remindAt ?? this.at + 1).toBeGreaterThan(this.at);
  }

  check(before: ApprovalState): void {
    const { state } = this;
    for (const { approvers } of state.stages) {
      const holders = approvers.map(({ user }) => user);
      expect(new Set(holders).size).toBe(holders.length);
      for (const { user, through } of approvers) expect(new Set([user, ...through]).size).toBe(through.length + 1);
    }
    const counted = this.#counted();
    if (state.status === 'withdrawn' || state.status === 'timed-out') expect(before.status).toBe('pending');
    else expect(state.status).toBe(counted);
    if (state.status !== 'pending') {
      expect([state.dueAt, state.remindAt, state.escalateAt]).toEqual([undefined, undefined, undefined]);
    }
  }

  /** What the answers of this round come to, by the people who have the places. */
  #counted(): ApprovalStatus {
    for (const { status, need, approvers } of this.state.stages) {
      if (status === 'skipped') continue;
      const said = approvers.map(({ user }) => this.#answers.get(`${this.state.round}/${user}`));
      const enough = need === 'all' ? said.length : need === 'any' ? 1 : need;
      if (said.filter((one) => one === 'approved').length >= enough) continue;
      return said.filter((one) => one === 'rejected').length > said.length - enough ? 'rejected' : 'pending';
    }
    return 'approved';
  }
}
