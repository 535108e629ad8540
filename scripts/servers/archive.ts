import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unlessRefused } from './refusals.ts';
import { run } from './run.ts';
import type { Source, Toolbox } from './sources.ts';

/** How long a maker's site may take to begin its answer: a closed network shall cost seconds. */
const ANSWER_WITHIN_MS = 5_000;
/** How long the whole file may take. */
const COMPLETE_WITHIN_MS = 300_000;

/** A program from its maker's `.tar.gz`, kept under the toolbox's folder. */
export function fromArchive(archive: {
  name: string;
  version: string;
  url: string;
  program: string;
  flavour: string;
}): Source {
  const { name, version, url, program, flavour } = archive;
  return {
    id: `download:${name}@${version}`,
    label: `${name} ${version} from ${new URL(url).host}`,
    flavour,
    async find(toolbox) {
      const folder = join(toolbox.folder, 'downloads', `${name}-${version}`);
      const executable = join(folder, program);
      if (existsSync(executable)) return executable;
      await unlessRefused(toolbox.folder, url, () => unpack(url, folder, toolbox));
      return existsSync(executable) ? executable : undefined;
    },
  };
}

async function unpack(url: string, folder: string, { say, signal }: Toolbox): Promise<void> {
  const answer = new AbortController();
  const timer = setTimeout(
    () => answer.abort(new Error(`no answer within ${ANSWER_WITHIN_MS / 1_000} s`)),
    ANSWER_WITHIN_MS,
  );
  const limits = AbortSignal.any([signal, answer.signal, AbortSignal.timeout(COMPLETE_WITHIN_MS)]);
  const draft = `${folder}.part`;
  try {
    const response = await fetch(url, { signal: limits });
    clearTimeout(timer);
    if (!response.ok || response.body === null) throw new Error(`answered ${response.status}`);
    say(`Downloading ${url}`);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    const file = join(draft, 'archive.tar.gz');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file), { signal: limits });
    await run('tar', ['-xzf', file, '-C', draft], { signal });
    await rm(file);
    await rename(draft, folder);
  } finally {
    clearTimeout(timer);
    await rm(draft, { recursive: true, force: true });
  }
}
