import type { Logger } from '../config/log.ts';
import { type Library, libraryOf, type TemplateCatalogue } from '../engine/library.ts';
import type { DefinitionRef } from '../engine/model/state.ts';
import { type Definition, definitionSchema, type Process } from '../engine/schema/index.ts';
import { liveHeads, versionsByHash } from '../store/definitions.ts';
import type { DefinitionVersionDoc } from '../store/models/definition.ts';

/** A process that is published, with the version that entries get now. */
export interface LiveProcess {
  ref: DefinitionRef;
  process: Process;
  /** Switched off: nobody is let in. */
  enabled: boolean;
}

/** A published version that this release cannot read: an earlier or a later one published it. */
export interface Unreadable extends Pick<DefinitionVersionDoc, 'kind' | 'key' | 'version'> {
  problem: string;
}

/** Everything that is published at one moment. What is unreadable is missing in the rest. */
export interface Live {
  library: Library;
  processes: LiveProcess[];
  unreadable: Unreadable[];
}

/**
 * Reads what is live. The heads are read every time, so that a publication counts from the next call on; a version's body
 * never changes and is read and parsed once.
 */
export class LiveLibrary {
  readonly #templates: TemplateCatalogue;
  readonly #log: Pick<Logger, 'error'> | undefined;
  readonly #versions = new Map<string, Definition>();
  readonly #unreadable = new Map<string, Unreadable>();

  /** @param log hears of each version that cannot be read, once */
  constructor(templates: TemplateCatalogue = {}, log?: Pick<Logger, 'error'>) {
    this.#templates = templates;
    this.#log = log;
  }

  async read(): Promise<Live> {
    const heads = await liveHeads();
    await this.#load(heads.map(({ live }) => live.hash));
    const definitions = heads.flatMap(({ live }) => this.#versions.get(live.hash) ?? []);
    const processes = heads.flatMap(({ key, live, enabled }): LiveProcess[] => {
      const process = this.#versions.get(live.hash);
      return process?.kind === 'process' ? [{ ref: { key, ...live }, process, enabled }] : [];
    });
    const unreadable = heads.flatMap(({ live }) => this.#unreadable.get(live.hash) ?? []);
    return { library: libraryOf(definitions, this.#templates), processes, unreadable };
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
    const missing = [...new Set(hashes)].filter((hash) => !this.#versions.has(hash) && !this.#unreadable.has(hash));
    if (missing.length === 0) return;
    for (const version of await versionsByHash(missing)) this.#keep(version);
  }

  #keep({ _id, kind, key, version, body }: DefinitionVersionDoc): void {
    const parsed = definitionSchema.safeParse(body);
    if (parsed.success) {
      this.#versions.set(_id, parsed.data);
      return;
    }
    const [issue] = parsed.error.issues;
    const problem = `${issue?.path.join('.') || 'the definition'}: ${issue?.message ?? 'is not valid'}`;
    const unreadable = { kind, key, version, problem };
    this.#unreadable.set(_id, unreadable);
    this.#log?.error(unreadable, 'this release cannot read a published definition: publish it anew');
  }
}
