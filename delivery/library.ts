import { type Library, libraryOf, type TemplateCatalogue } from '../engine/library.ts';
import type { DefinitionRef } from '../engine/model/state.ts';
import { type Definition, definitionSchema, type Process } from '../engine/schema/index.ts';
import { liveHeads, versionsByHash } from '../store/definitions.ts';

/** A process that is published, with the version that entries get now. */
export interface LiveProcess {
  ref: DefinitionRef;
  process: Process;
  /** Switched off: nobody is let in. */
  enabled: boolean;
}

/** Everything that is published at one moment. */
export interface Live {
  library: Library;
  processes: LiveProcess[];
}

/**
 * Reads what is live. The heads are read every time, so that a publication counts from the next call on; a version's body
 * never changes and is read and parsed once.
 */
export class LiveLibrary {
  readonly #templates: TemplateCatalogue;
  readonly #versions = new Map<string, Definition>();

  constructor(templates: TemplateCatalogue = {}) {
    this.#templates = templates;
  }

  async read(): Promise<Live> {
    const heads = await liveHeads();
    await this.#load(heads.map(({ live }) => live.hash));
    const definitions = heads.flatMap(({ live }) => this.#versions.get(live.hash) ?? []);
    const processes = heads.flatMap(({ key, live, enabled }): LiveProcess[] => {
      const process = this.#versions.get(live.hash);
      return process?.kind === 'process' ? [{ ref: { key, ...live }, process, enabled }] : [];
    });
    return { library: libraryOf(definitions, this.#templates), processes };
  }

  /** Versions of processes, live or not, by content hash. */
  async processes(hashes: readonly string[]): Promise<Map<string, Process>> {
    await this.#load(hashes);
    const found = new Map<string, Process>();
    for (const hash of hashes) {
      const definition = this.#versions.get(hash);
      if (definition?.kind === 'process') found.set(hash, definition);
    }
    return found;
  }

  async #load(hashes: readonly string[]): Promise<void> {
    const missing = [...new Set(hashes)].filter((hash) => !this.#versions.has(hash));
    if (missing.length === 0) return;
    for (const { _id, body } of await versionsByHash(missing)) this.#versions.set(_id, definitionSchema.parse(body));
  }
}
