import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { fileName, mediaTypes } from '../../delivery/documents/maker.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { loadFile } from '../../store/files.ts';
import type { Seen } from './approval-sight.ts';
import { invalidLinkPage } from './page.ts';

/**
 * The PDF that a link asks about: those very bytes, or none.
 * @throws VoronkaError DOCUMENT_BYTES_DIFFER when the store holds others under its name
 */
export async function sendDocument({ ask, document, standing }: Seen, download: boolean, response: Response) {
  const pdf = document?.pdf;
  const isShown = standing.is === 'open' || standing.is === 'answered';
  if (!isShown || document === undefined || pdf === undefined || pdf.sha256 !== ask.sha256) {
    return void response.status(404).send(invalidLinkPage());
  }
  const content = await loadFile(pdf.file);
  const sha256 = createHash('sha256').update(content).digest('hex');
  if (sha256 !== ask.sha256) {
    throw new VoronkaError('DOCUMENT_BYTES_DIFFER', `${document.number}: SHA-256 is ${sha256} and was ${ask.sha256}`);
  }
  response.attachment(fileName(document, 'pdf')).type(mediaTypes.pdf);
  if (!download)
    response.set('Content-Disposition', response.get('Content-Disposition')?.replace('attachment', 'inline'));
  // Browsers show it in a viewer of their own, which the page's policy would switch off.
  response.set({ 'Content-Security-Policy': "frame-ancestors 'self'", 'X-Content-Type-Options': 'nosniff' });
  response.send(content);
}
