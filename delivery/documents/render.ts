import type { DocumentFormat, DocumentSnapshot } from '../../engine/model/document.ts';
import type { DocumentTemplate } from '../../engine/schema/document-template.ts';
import { fillDocx } from './docx.ts';
import { Filler } from './fill.ts';
import { drawPdf } from './pdf/draw.ts';

/** Something for a rendering thread. `check` fills the texts and draws nothing: it fails where the others would. */
export interface RenderTask {
  kind: 'check' | DocumentFormat;
  template: DocumentTemplate;
  snapshot: DocumentSnapshot;
}

const filler = new Filler();

/** The bytes; none for a check. @throws VoronkaError TEMPLATE_VARIABLE_MISSING, TEMPLATE_INVALID */
export async function render({ kind, template, snapshot }: RenderTask): Promise<Uint8Array> {
  if (kind === 'docx') return await fillDocx(template, snapshot);
  const filled = filler.fill(template, snapshot);
  return kind === 'pdf' ? await drawPdf(filled) : new Uint8Array();
}
