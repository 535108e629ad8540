import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { VoronkaError } from '../../engine/errors/error.ts';
import { withProgress } from '../progress.ts';
import { type Child, startChild } from './child.ts';
import { locate, type Source, type Toolbox } from './sources.ts';
import type { Ports, ServerName, ServerSpecification } from './specification.ts';

const READY_WITHIN_MS = 60_000;
const EXTERNAL_WITHIN_MS = 10_000;

export interface RunningServer {
  name: ServerName;
  title: string;
  /** The environment variable that holds `address`. */
  variable: string;
  address: string;
  /** Absent: it was in the environment. */
  started?: { source: Source; ports: Ports; child: Child };
}

export interface StartOptions {
  dataFolder: string;
  toolbox: Toolbox;
  /** Takes the process as soon as it runs, so that a failure can end it, with the id of its source. */
  begun: (child: Child, source: string) => Promise<void>;
}

/** A server whose address the environment gives: only asked whether it serves. */
export async function takeGiven(
  { name, title, variable, check }: ServerSpecification,
  address: string,
  signal: AbortSignal,
): Promise<RunningServer> {
  await untilReady(() => check(address), EXTERNAL_WITHIN_MS, signal).catch((cause: Error) => {
    throw new VoronkaError(
      'SERVER_NOT_FOUND',
      `${title} does not answer at the address in ${variable}: ${cause.message}`,
      { cause },
    );
  });
  return { name, title, variable, address };
}

/**
 * Finds and starts one server and waits until it serves.
 * @param preferred id of the source of the last start
 */
export async function startOne(
  specification: ServerSpecification,
  ports: Ports,
  preferred: string | undefined,
  { dataFolder, toolbox, begun }: StartOptions,
): Promise<RunningServer> {
  const { name, title, sources, cure } = specification;
  const { source, executable } = await withProgress(
    `Looking for ${title}`,
    toolbox.say,
    locate(title, sources, toolbox, { preferred, cure }),
  );
  if (preferred !== undefined && source.id !== preferred) {
    toolbox.say(`${title}: the program of the last start (${preferred}) is gone; ${source.label} serves now`);
  }
  // Programs of different flavours cannot read each other's files.
  const folder = join(dataFolder, `${name}-${source.flavour}`);
  mkdirSync(folder, { recursive: true });
  const log = join(dataFolder, 'logs', `${name}.log`);
  const child = await startChild(executable, specification.args(source.flavour, ports, folder), log);
  await begun(child, source.id);
  const address = specification.address(source.flavour, ports);
  const ready = untilReady(
    async () => {
      if (!child.isRunning())
        throw new Ended(
          `${title} (${source.label}) ended at once: ${await child.ended}\n${child.tail()}\nIts log: ${log}`,
        );
      await (specification.prepare?.(source.flavour, address) ?? specification.check(address));
    },
    READY_WITHIN_MS,
    toolbox.signal,
  );
  await withProgress(`Starting ${title} (${source.label})`, toolbox.say, ready).catch((cause: Error) => {
    throw new VoronkaError('SERVER_NOT_FOUND', `${title} did not start: ${cause.message}`, { cause });
  });
  return { name, title, variable: specification.variable, address, started: { source, ports, child } };
}

class Ended extends Error {}

async function untilReady(check: () => Promise<void>, within: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + within;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (signal.aborted || error instanceof Ended || performance.now() > deadline) throw error;
      await pause(100);
    }
  }
}
