import { expect } from 'vitest';
import { act } from '../../../engine/approval/act.ts';
import type { Acted, ApprovalCommand, ApprovalScene, PresentDocument } from '../../../engine/approval/command.ts';
import { type ApprovalRequest, requestApproval } from '../../../engine/approval/request.ts';
import type { ApprovalState } from '../../../engine/approval/state.ts';
import type { Colleague } from '../../../engine/routing/reach.ts';

/** Monday 2026-03-02, 09:00 UTC. */
export const start = Date.UTC(2026, 2, 2, 9);
export const hour = 3_600_000;

type Stage = ApprovalRequest['stages'][number];

export function colleague(key: string, more: Partial<Colleague> = {}): Colleague {
  return { key, role: 'sales', active: true, absences: [], ...more };
}

export const everybody: Colleague[] = ['anna', 'boris', 'clara', 'dmitri', 'elena'].map((key) => colleague(key));

export function stage(users: string[], more: Partial<Stage> = {}): Stage {
  return { id: 'one', need: 'all', skipped: false, users, substitutes: [], ...more };
}

export function order(stages: Stage[], more: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    id: 'approval-1',
    subject: { kind: 'contact', id: 'customer', contactId: 'customer' },
    title: 'An invoice',
    stages,
    terms: { zone: 'UTC' },
    requestedBy: 'instance:i',
    ...more,
  };
}

/** One approval as it goes on: each deed is done at its instant, in a world of its own. */
export class Story {
  state: ApprovalState;
  told: string[] = [];
  asks: string[] = [];
  people: readonly Colleague[];
  document: PresentDocument | undefined;
  calendars: ApprovalScene['calendars'] = {};

  constructor(request: ApprovalRequest, people: readonly Colleague[] = everybody, at = start) {
    this.people = people;
    if (request.document !== undefined) {
      this.document = { id: request.document.id, sha256: request.document.sha256, status: 'issued' };
    }
    this.state = this.#take(requestApproval(request, 'instance:i', this.scene(at)));
  }

  /** Does it, and it must go well. @returns whether anything changed */
  does(command: ApprovalCommand, at = start): boolean {
    const before = this.state;
    this.state = this.#take(act(this.state, command, this.scene(at)));
    return this.state !== before;
  }

  decides(user: string, decision: 'approved' | 'rejected' = 'approved', at = start): boolean {
    const { round, document } = this.state;
    return this.does({ do: 'decide', by: `user:${user}`, decision, round, sha256: document?.sha256 }, at);
  }

  /** What refuses it. */
  refused(command: ApprovalCommand, at = start): string {
    const acted = act(this.state, command, this.scene(at));
    return acted.ok ? 'done' : acted.code;
  }

  scene(at: number): ApprovalScene {
    const { people, calendars, document } = this;
    return { at, now: at, people, calendars, document };
  }

  #take(acted: Acted): ApprovalState {
    if (!acted.ok) expect.fail(`${acted.code}: ${acted.message}`);
    this.told = acted.told.map(({ name }) => name);
    this.asks = acted.asks.map(({ user, why }) => `${user} ${why}`);
    return acted.state;
  }
}
