import { pathToFileURL } from 'node:url';
import { DocumentMaker } from '../../delivery/documents/maker.ts';
import { RenderPool } from '../../delivery/documents/pool.ts';
import { compileScript } from '../delivery/fixtures/child.ts';
import { shipped } from '../documents/fixtures.ts';

/** For tests that make no documents: it knows no template, and its threads never begin. */
export const noDocuments = new DocumentMaker(new Map(), new RenderPool());

/** Makes the shipped documents in threads of its own. */
export async function shippedDocuments(threads = 1): Promise<DocumentMaker> {
  const script = pathToFileURL(await compileScript('delivery/documents/worker.ts'));
  return new DocumentMaker(shipped, new RenderPool({ script, threads }));
}
