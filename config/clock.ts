import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';

/**
 * The installation's time. Everything that Voronka stores and decides is virtual time; timers of Temporal and delays of
 * queues run in real time. All values are epoch milliseconds.
 */
export interface Clock {
  /** Virtual now. */
  now(): number;
  /** The real instant at which the virtual one comes. */
  toReal(virtual: number): number;
  /** The virtual instant that a real one stands for. */
  toVirtual(real: number): number;
}

/** Virtual time = `virtual` + (real time − `real`) × `scale`. */
export interface ClockBase {
  real: number;
  virtual: number;
  /** Virtual seconds per real second. */
  scale: number;
}

const baseSchema: z.ZodType<ClockBase> = z.strictObject({
  real: z.number(),
  virtual: z.number(),
  scale: z.number().positive(),
});

export const realClock: Clock = { now: () => Date.now(), toReal: (virtual) => virtual, toVirtual: (real) => real };

/** The clock of a base. Round trips are exact to a millisecond of the coarser side. */
export function scaledClock(base: ClockBase, realNow: () => number = Date.now): Clock {
  const toVirtual = (real: number) => Math.round(base.virtual + (real - base.real) * base.scale);
  return {
    now: () => toVirtual(realNow()),
    // Rounded up, so that a timer set for a virtual instant never fires before it.
    toReal: (virtual) => base.real + Math.ceil((virtual - base.virtual) / base.scale),
    toVirtual,
  };
}

/** A base for another scale, or after a standstill, in which virtual time goes on from where it was: it never jumps and never turns back. */
export function rebase(base: ClockBase, change: { stoppedAt?: number; now: number; scale: number }): ClockBase {
  return {
    real: change.now,
    virtual: scaledClock(base).toVirtual(change.stoppedAt ?? change.now),
    scale: change.scale,
  };
}

/**
 * The clock of an installation. Its base lies in the data folder, so that all processes agree and a restart goes on from
 * it; an installation that never had another scale than 1 has no such file and runs on real time.
 */
export function loadClock(config: Pick<Config, 'dataFolder' | 'timeScale'>): Clock {
  const stored = readBase(config.dataFolder);
  if (stored === undefined && config.timeScale === 1) return realClock;
  if (stored !== undefined && stored.scale === config.timeScale) return scaledClock(stored);
  const now = Date.now();
  const base = stored
    ? rebase(stored, { now, scale: config.timeScale })
    : { real: now, virtual: now, scale: config.timeScale };
  writeBase(config.dataFolder, base, stored === undefined ? 'first' : 'replace');
  // Another process may have been the first: what is stored counts.
  return scaledClock(readBase(config.dataFolder) ?? base);
}

export function readBase(dataFolder: string): ClockBase | undefined {
  try {
    return baseSchema.parse(JSON.parse(readFileSync(file(dataFolder), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the base in one move. With `first` a base that is there already stays. */
export function writeBase(dataFolder: string, base: ClockBase, mode: 'first' | 'replace'): void {
  mkdirSync(dataFolder, { recursive: true });
  const draft = `${file(dataFolder)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(base)}\n`);
  if (mode === 'replace') {
    renameSync(draft, file(dataFolder));
    return;
  }
  try {
    linkSync(draft, file(dataFolder));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}

function file(dataFolder: string): string {
  return join(dataFolder, 'clock.json');
}
