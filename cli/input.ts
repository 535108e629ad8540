import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { VoronkaError } from '../engine/errors/error.ts';
import { type Library, libraryOf } from '../engine/library.ts';
import type { Pipeline, Process, Sla } from '../engine/schema/index.ts';
import type { TemplateSources } from '../engine/schema/template.ts';
import { hint } from '../engine/validate/suggest.ts';
import { type DefinitionFile, loadLibrary, readDefinition, readDefinitions, wellFormed } from '../library/load.ts';
import { type Arguments, UsageError } from './command.ts';

/** What a command works on: the files it was given, within a library. */
export interface Input {
  files: DefinitionFile[];
  library: Library;
  templates: TemplateSources;
  /** No path was given: everything in the library is meant, its templates too. */
  whole: boolean;
}

/**
 * Reads the given files and folders, and the library around them: the `definitions/` and `templates/` of `--library`, or
 * of the current folder. Without a path the library's own definitions are meant.
 */
export function readInput({ paths, values }: Arguments): Input {
  const root = typeof values.library === 'string' ? values.library : '.';
  if (
    typeof values.library === 'string' &&
    !existsSync(join(root, 'definitions')) &&
    !existsSync(join(root, 'templates'))
  ) {
    throw new UsageError(`--library ${root}: there is neither definitions/ nor templates/ in it`);
  }
  const loaded = load(root);
  if (paths.length === 0) {
    if (loaded.files.length === 0)
      throw new UsageError('there is no definitions/ here: name files or folders, or a --library');
    return { ...loaded, whole: true };
  }
  const files = paths.flatMap(read);
  const library = libraryOf([...wellFormed(loaded.files), ...wellFormed(files)], loaded.library.templates);
  return { files, library, templates: loaded.templates, whole: false };
}

function load(root: string): ReturnType<typeof loadLibrary> {
  try {
    return loadLibrary(root);
  } catch (error) {
    if (error instanceof VoronkaError) throw new UsageError(error.message);
    throw error;
  }
}

function read(path: string): DefinitionFile[] {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such file or folder`);
  if (!statSync(path).isDirectory()) return [readDefinition(path)];
  const files = readDefinitions(path);
  if (files.length === 0) throw new UsageError(`${path}: there is no .json file in this folder`);
  return files;
}

/** The processes among the files that have the right form; says so on which the others are. */
export function processesIn(input: Input): Process[] {
  const processes = wellFormed(input.files).filter((definition) => definition.kind === 'process');
  if (processes.length > 0) return processes;
  const files = input.files.map((file) => file.path).join(', ');
  throw new UsageError(`${files}: there is no sound process here; \`voronka validate\` tells what is wrong`);
}

/** The same, the SLA policies and the pipelines. */
export function playableIn(input: Input): { processes: Process[]; slas: Sla[]; pipelines: Pipeline[] } {
  const all = wellFormed(input.files);
  const slas = all.filter((definition) => definition.kind === 'sla');
  const pipelines = all.filter((definition) => definition.kind === 'pipeline');
  const others = slas.length + pipelines.length > 0;
  const processes = others ? all.filter((definition) => definition.kind === 'process') : processesIn(input);
  return { processes, slas, pipelines };
}

/** The one of `names` that was asked for. @throws UsageError naming what there is. */
export function mustBeOneOf(what: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) throw new UsageError(`there is no ${what} "${name}"${hint(name, names)}`);
}
