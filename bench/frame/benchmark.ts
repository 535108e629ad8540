import type { RunningServers } from '../../scripts/servers/start.ts';

/** Something that was measured, once per round. */
export interface Figure {
  name: string;
  /** `journeys/s`, `kB`, `s` … */
  unit: string;
  rounds: number[];
}

/** A figure, or a ratio of two, beside what it should be. */
export interface Aim {
  name: string;
  /** `×` for ratios. */
  unit: string;
  value: number;
  atLeast?: number;
  atMost?: number;
}

export interface Outcome {
  figures: Figure[];
  aims: Aim[];
  /** Counts and settings of this run, by name. */
  conditions: Record<string, string | number>;
}

export interface Setting {
  /** A smoke test: sizes and rounds are small, and figures mean nothing. */
  quick: boolean;
  rounds: number;
  say: (line: string) => void;
}

export interface ServerSetting extends Setting {
  servers: RunningServers;
}

/** One benchmark. `pure` ones need no server. */
export type Benchmark = { name: string; title: string } & (
  | { pure: true; run(setting: Setting): Promise<Outcome> }
  | { pure: false; run(setting: ServerSetting): Promise<Outcome> }
);
