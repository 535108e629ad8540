const QUIET_MS = 2_000;
const AGAIN_MS = 10_000;

/** Says what is being done when it takes longer than two seconds, and again every ten, until it is done. */
export async function withProgress<T>(what: string, say: (line: string) => void, work: Promise<T>): Promise<T> {
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 1_000);
  let again: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    say(`${what} …`);
    again = setInterval(() => say(`${what} … ${seconds()} s`), AGAIN_MS);
  }, QUIET_MS);
  try {
    const result = await work;
    if (again) say(`${what}: done in ${seconds()} s`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(again);
  }
}
