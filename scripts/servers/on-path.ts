import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Source } from './sources.ts';

/** A program that is installed on the machine. */
export function onPath(program: string, flavour: string): Source {
  return {
    id: `path:${program}`,
    label: `${program} on PATH`,
    flavour,
    find: async ({ path }) => findOnPath(program, path),
  };
}

export function findOnPath(program: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
