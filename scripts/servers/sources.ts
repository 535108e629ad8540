import { VoronkaError } from '../../engine/errors/error.ts';

/** Where programs are looked for and kept. */
export interface Toolbox {
  /** Folder of downloads and virtual environments; outlives a reset of the data. */
  folder: string;
  /** As in the environment: folders separated by the system's delimiter. */
  path: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

/** One way to come by a program. */
export interface Source {
  /** Stable name, e.g. `path:mongod`; kept in the state, so that data are opened again by the program that wrote them. */
  id: string;
  /** For people, e.g. `mongod on PATH`. */
  label: string;
  /** Kind of data folder and command line that the program has. */
  flavour: string;
  /**
   * Path of the executable; undefined when this source has none, without a reason worth telling.
   * @throws Error when it was tried and failed; the message goes to the list of what was tried
   */
  find(toolbox: Toolbox): Promise<string | undefined>;
}

export interface Located {
  source: Source;
  executable: string;
}

/**
 * Asks the sources in their order, the `preferred` one first, and takes the first answer.
 * @param cure what a person can do when none has it, as a sentence
 * @throws VoronkaError SERVER_NOT_FOUND listing what was tried
 */
export async function locate(
  name: string,
  sources: readonly Source[],
  toolbox: Toolbox,
  { preferred, cure }: { preferred?: string | undefined; cure: string },
): Promise<Located> {
  const tried: string[] = [];
  const order = [...sources].sort((a, b) => Number(b.id === preferred) - Number(a.id === preferred));
  for (const source of order) {
    toolbox.signal.throwIfAborted();
    try {
      const executable = await source.find(toolbox);
      if (executable !== undefined) return { source, executable };
      tried.push(`${source.label}: not there`);
    } catch (error) {
      tried.push(`${source.label}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new VoronkaError(
    'SERVER_NOT_FOUND',
    `No ${name} was found. Tried:\n${tried.map((line) => `  - ${line}`).join('\n')}\n${cure}`,
  );
}
