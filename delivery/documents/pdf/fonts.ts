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

/**
 * The fonts for one document, which is laid out and ended before the next one asks. The files are parsed once: that costs
 * more than to lay out a page. What a font remembers of single glyphs is forgotten: a glyph that an earlier document used
 * as a part of another one (the A of Á) is remembered without its character, and nobody could copy or search it here.
 */
export function freshFonts(): Record<FontName, Font> {
  parsed ??= { regular: read(files.regular), bold: read(files.bold) };
  for (const font of Object.values(parsed)) Reflect.set(font, '_glyphs', {});
  return parsed;
}

function read(file: string): Font {
  const font = create(readFileSync(createRequire(import.meta.url).resolve(file)));
  if (!('layout' in font)) throw new Error(`${file} holds more than one font`);
  return font;
}
