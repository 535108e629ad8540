/** Attempts until a message that nobody takes has failed. With the pauses below: about two days. */
export const maxAttempts = 16;

/** Real milliseconds until the next attempt: 5 s, doubled each time, at most 6 hours (RFC 5321 §4.5.4.1 gives up after 4–5 days). */
export function pauseAfter(attempts: number): number {
  return Math.min(5_000 * 2 ** (attempts - 1), 6 * 3_600_000);
}
