/** One entry of the score ledger: which rule gave how many points for what. */
export interface ScoreEntry {
  /** `event id/rule`, or the effect key of an adjustment; an id counts once. */
  id: string;
  axis: 'fit' | 'engagement';
  /** Rule id; '' for an adjustment by a step or a person. */
  rule: string;
  group?: string;
  points: number;
  /** ISO 8601; absent: the points stay. */
  halfLife?: string;
  reason: string;
  /** Epoch ms of what it was given for. */
  at: number;
}
