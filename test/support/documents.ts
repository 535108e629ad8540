import { DocumentMaker } from '../../delivery/documents/maker.ts';
import { RenderPool } from '../../delivery/documents/pool.ts';

/** For tests that make no documents: it knows no template, and its threads never begin. */
export const noDocuments = new DocumentMaker(new Map(), new RenderPool());
