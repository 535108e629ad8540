import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** pdfkit takes fonts that are parsed already; its types do not say so yet. */
declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      registerFont(name: string, font: Font): this;
    }
  }
}

export type FontName = 'regular' | 'bold';

/** DejaVu Sans Condensed: Latin, Cyrillic, Greek, currency signs; free to embed (Bitstream Vera licence). */
const files: Record<FontName, string> = {
  regular: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
};

let parsed: Record<FontName, Font> | undefined;

/** The fonts of all documents, parsed once: to parse them costs more than to lay out a page. */
export function fonts(): Record<FontName, Font> {
  parsed ??= { regular: read(files.regular), bold: read(files.bold) };
  return parsed;
}

function read(file: string): Font {
  const font = create(readFileSync(createRequire(import.meta.url).resolve(file)));
  if (!('layout' in font)) throw new Error(`${file} holds more than one font`);
  return font;
}
