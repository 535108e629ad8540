import type { Acted, RefusalCode } from './command.ts';
import type { ApprovalState } from './state.ts';

/** It was done before, or its time is not now. */
export function unchanged(state: ApprovalState): Acted {
  return { ok: true, state, told: [], asks: [] };
}

export function refused(code: RefusalCode, message: string): Acted {
  return { ok: false, code, message };
}
