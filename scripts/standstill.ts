import { readBase, rebase, writeBase } from '../config/clock.ts';

/** How often the clock's base is renewed: what a killed start may forget, so a start skips as much. */
const RENEWAL_MS = 1_000;

/**
 * Lets a scaled clock stand still while Voronka does: at a day a second, a night's pause would else be a century.
 * Time at scale 1 passes also meanwhile.
 * @returns ends the renewal
 */
export function keepClock(dataFolder: string, scale: number): () => void {
  const stored = readBase(dataFolder);
  const now = Date.now();
  if (stored === undefined && scale === 1) return () => undefined;
  if (stored === undefined) writeBase(dataFolder, { real: now, virtual: now, scale }, 'first');
  else {
    const stood = stored.scale !== 1;
    writeBase(
      dataFolder,
      rebase(stored, { now, scale, ...(stood && { stoppedAt: stored.real + RENEWAL_MS }) }),
      'replace',
    );
  }
  const renew = () => {
    const base = readBase(dataFolder);
    if (base) writeBase(dataFolder, rebase(base, { now: Date.now(), scale }), 'replace');
  };
  const timer = setInterval(renew, RENEWAL_MS);
  return () => {
    clearInterval(timer);
    renew();
  };
}
