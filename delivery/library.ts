import type { Logger } from '../config/log.ts';
import { type Library, libraryOf, type TemplateCatalogue } from '../engine/library.ts';
import type { DefinitionRef } from '../engine/model/state.ts';
import { pipelineProcess } from '../engine/pipeline/stage.ts';
import { routingProcess } from '../engine/routing/process.ts';
import { type Definition, definitionSchema, type Process } from '../engine/schema/index.ts';
import { partOf } from '../engine/sla/effects.ts';
import { escalationProcess } from '../engine/sla/escalation.ts';
import { liveHeads, versionsByHash } from '../store/definitions.ts';
import type { DefinitionVersionDoc } from '../store/models/definition.ts';

/** A process that is published, with the version that entries get now. */
export interface LiveProcess {
  ref: DefinitionRef;
  process: Process;
  /** Switched off: nobody is let in. */
  enabled: boolean;
}

/** A definition that is published, with the version that counts now. */
export interface LiveVersion {
  ref: DefinitionRef;
  definition: Definition;
  enabled: boolean;
}

/** A published version that this release cannot read: an earlier or a later one published it. */
export interface Unreadable extends Pick<DefinitionVersionDoc, 'kind' | 'key' | 'version'> {
  problem: string;
}

/** Everything that is published at one moment. What is unreadable is missing in the rest. */
export interface Live {
  library: Library;
  versions: LiveVersion[];
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
    await this.load(heads.map(({ live }) => live.hash));
    const versions = heads.flatMap(({ key, live, enabled }): LiveVersion[] => {
      const definition = this.#versions.get(live.hash);
      return definition ? [{ ref: { key, ...live }, definition, enabled }] : [];
    });
    const processes = versions.flatMap(({ ref, definition, enabled }): LiveProcess[] =>
      definition.kind === 'process' ? [{ ref, process: definition, enabled }] : [],
    );
    const unreadable = heads.flatMap(({ live }) => this.#unreadable.get(live.hash) ?? []);
    const definitions = versions.map(({ definition }) => definition);
    return { library: libraryOf(definitions, this.#templates), versions, processes, unreadable };
  }

  /** A version, live or not, that was loaded. */
  version(hash: string): Definition | undefined {
    return this.#versions.get(hash);
  }

  /**
   * The process that a whole reference means, once its version is loaded: of a policy an escalation's steps, of a pipeline
   * a stage's, of a routing its own. @throws RangeError for a part that the version does not have
   */
  processOf(ref: DefinitionRef): Process | undefined {
    const definition = this.#versions.get(ref.hash);
    if (definition?.kind === 'process') return definition;
    if (definition?.kind === 'routing') return routingProcess(definition);
    if (definition?.kind === 'pipeline') return pipelineProcess(definition, ref);
    const escalation = ref.part?.startsWith(partOf('')) ? ref.part.slice(partOf('').length) : undefined;
    if (definition?.kind !== 'sla' || escalation === undefined) return undefined;
    return escalationProcess(definition, ref, escalation);
  }

  /** Reads versions, live or not, by content hash; those that are not stored stay unknown. */
  async load(hashes: readonly string[]): Promise<void> {
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
