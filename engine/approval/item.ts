import type { Assignee, LocalizedText } from '../model/effects.ts';
import type { SubjectRef } from '../model/state.ts';
import type { ApprovalRequest } from './request.ts';
import type { ApprovalState, Need } from './state.ts';

type Optional<T> = { [K in keyof T]?: T[K] | undefined };

/** What a step, or somebody else, asks to have approved: people by what they are, times as durations. */
export interface ApprovalItem
  extends Optional<Pick<ApprovalState, 'amount' | 'currency' | 'step' | 'process'>>,
    Optional<{ remind: string; within: string; calendar: string; escalate: { after: string; to: Assignee } }> {
  subject: SubjectRef;
  title: LocalizedText;
  /** Id of the document whose bytes are to be approved. */
  documentId?: string | undefined;
  stages: {
    id: string;
    name?: LocalizedText | undefined;
    /** Its threshold is not reached. */
    skipped: boolean;
    approvers: Assignee[];
    need: Need;
    substitute?: Assignee | undefined;
  }[];
  zone: string;
  /** When the step came to it, epoch ms: times are counted from then. */
  occurredAt?: number | undefined;
}

/** The approval that is asked for. @param meant keys of the users who are meant */
export function requestOf(
  { documentId: _, occurredAt: __, stages, remind, within, calendar, escalate, zone, ...asked }: ApprovalItem,
  more: Pick<ApprovalRequest, 'id' | 'requestedBy' | 'document'>,
  meant: (who: Assignee) => string[],
): ApprovalRequest {
  const terms = { remind, within, calendar, zone, escalate: escalate && { ...escalate, to: meant(escalate.to) } };
  const request = {
    ...asked,
    ...more,
    terms,
    stages: stages.map(({ approvers, substitute, ...stage }) => ({
      ...stage,
      users: approvers.flatMap(meant),
      substitutes: substitute === undefined ? [] : meant(substitute),
    })),
  };
  // Kept and told as JSON: what is not there is left out.
  return JSON.parse(JSON.stringify(request));
}
