/** What is wrong with the text of a condition. */
export interface ConditionProblem {
  code: 'CONDITION_INVALID' | 'CONDITION_TOO_COSTLY';
  message: string;
  /** The name that was probably meant, or the text to write instead. */
  suggestion?: string;
  /** Offset in the text, in UTF-16 code units. */
  at: number;
}
