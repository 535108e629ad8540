import { join } from 'node:path';
import { unlessRefused } from './refusals.ts';
import { run } from './run.ts';
import type { Source } from './sources.ts';

const SITE = 'https://fastdl.mongodb.org';
const ANSWER_WITHIN_MS = 5_000;

/** A real mongod from its maker, for this machine's distribution. */
export function mongodbDownload(version: string): Source {
  return {
    id: `download:mongodb@${version}`,
    label: `MongoDB ${version} from ${new URL(SITE).host}`,
    flavour: 'mongod',
    async find({ folder, say, signal }) {
      const downloadDir = join(folder, 'downloads', `mongodb-${version}`);
      const { MongoBinary, DryMongoBinary } = await import('mongodb-memory-server-core');
      const kept = await DryMongoBinary.locateBinary({ version, downloadDir });
      if (kept) return kept;
      return unlessRefused(folder, `${SITE}/${version}`, async () => {
        // The downloader itself waits for minutes: ask first whether the site answers at all.
        await fetch(SITE, { method: 'HEAD', signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]) });
        say(`Downloading MongoDB ${version} from ${SITE}`);
        const binary = await MongoBinary.getPath({ version, downloadDir });
        await run(binary, ['--version'], { signal });
        return binary;
      });
    },
  };
}
