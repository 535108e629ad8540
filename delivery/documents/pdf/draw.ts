import type { Language } from '../../../engine/model/contact.ts';
import type { FilledDocument } from '../fill.ts';
import { drawBlock } from './blocks.ts';
import { Sheet } from './sheet.ts';

const locales: Record<Language, string> = { en: 'en', ru: 'ru-RU' };
const foot: Record<Language, (page: number, pages: number) => string> = {
  en: (page, pages) => `Page ${page} of ${pages}`,
  ru: (page, pages) => `Страница ${page} из ${pages}`,
};

/** A PDF with numbered pages; the same document gives the same bytes. */
export async function drawPdf({ title, author, at, language, blocks }: FilledDocument): Promise<Buffer> {
  const sheet = new Sheet({ title, author, language: locales[language], at });
  for (const block of blocks) drawBlock(sheet, block);
  return await sheet.finish((page, pages) => [title, foot[language](page, pages)]);
}
