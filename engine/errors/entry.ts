/** What a code means to a program (`status`, `retryable`) and to a person (`title`, `cure`). */
export interface CatalogueEntry {
  /** HTTP status under which the API reports it. */
  status: number;
  title: string;
  /** What to do about it, in one sentence. */
  cure: string;
  /** The same call may succeed later; absent means no. */
  retryable?: true;
}
