import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTemplates } from '../delivery/templates/load.ts';
import { type Library, libraryOf } from '../engine/library.ts';
import { type Definition, definitionSchema } from '../engine/schema/index.ts';
import type { TemplateSources } from '../engine/schema/template.ts';
import { templateCatalogue } from '../engine/validate/templates.ts';
import { type Validation, validateDefinition } from '../engine/validate/validate.ts';

/** A definition's file, as it was found. */
export interface DefinitionFile {
  path: string;
  /** Undefined when the file is no JSON; `problem` says why. */
  json?: unknown;
  problem?: string;
}

export interface LoadedLibrary {
  library: Library;
  files: DefinitionFile[];
  templates: TemplateSources;
}

/**
 * Reads `definitions/` and `templates/` of a folder. Files with mistakes are in `files`, but not in `library`.
 * @throws VoronkaError DEFINITION_INVALID when a template cannot be read.
 */
export function loadLibrary(root: string): LoadedLibrary {
  const files = readDefinitions(join(root, 'definitions'));
  const templates = loadTemplates(join(root, 'templates'));
  return { library: libraryOf(wellFormed(files), templateCatalogue(templates)), files, templates };
}

/** All `.json` files at a path, those of folders in the order of their names. */
export function readDefinitions(path: string): DefinitionFile[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map(readDefinition);
}

export function readDefinition(path: string): DefinitionFile {
  try {
    return { path, json: JSON.parse(readFileSync(path, 'utf8')) };
  } catch (error) {
    return { path, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Every mistake of one file, as `validateDefinition` finds it. */
export function validateFile(file: DefinitionFile, library: Library): Validation {
  if (file.problem === undefined) return validateDefinition(file.json, library);
  const message = `this is no JSON: ${file.problem}`;
  return { problems: [{ path: '', code: 'wrong-type', message, severity: 'error' }] };
}

/** The definitions that have the right form, whatever else may be wrong with them. */
export function wellFormed(files: readonly DefinitionFile[]): Definition[] {
  return files.flatMap(({ json }) => {
    const parsed = definitionSchema.safeParse(json);
    return parsed.success ? [parsed.data] : [];
  });
}
