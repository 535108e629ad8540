import type { Source } from './sources.ts';

export type ServerName = 'temporal' | 'mongodb' | 'redis';

/** Ports of a running server; what `main` and the others are, each server says. */
export type Ports = Record<string, number>;

/** One server that Voronka needs: how to find it, start it, and know that it serves. */
export interface ServerSpecification {
  name: ServerName;
  /** For people. */
  title: string;
  /** The environment variable that holds its address. */
  variable: string;
  /** In order of preference. */
  sources: readonly Source[];
  /** What to do when no source has it. */
  cure: string;
  usualPorts: Ports;
  /** Command line of a program of that flavour whose data lie in `folder`. */
  args(flavour: string, ports: Ports, folder: string): string[];
  address(flavour: string, ports: Ports): string;
  /** Resolves when the server at the address serves; throws otherwise. Called again and again until a deadline. */
  check(address: string): Promise<void>;
  /** What one of ours needs besides, before or after its first start; called like `check`, so it can be repeated. */
  prepare?(flavour: string, address: string): Promise<void>;
}
