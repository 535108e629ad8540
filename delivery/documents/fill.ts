import { documentView } from '../../engine/documents/view.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { JsonObject } from '../../engine/json.ts';
import type { Language } from '../../engine/model/contact.ts';
import type { DocumentSnapshot } from '../../engine/model/document.ts';
import type { DocumentBlock, DocumentTemplate } from '../../engine/schema/document-template.ts';
import { templateData } from '../templates/data.ts';
import { type CompiledText, createEnvironment, type Reader } from '../templates/environment.ts';

type Written<T extends DocumentBlock['type']> = Extract<DocumentBlock, { type: T }>;

/** A block with its texts filled in; the table's rows are there. */
export type FilledBlock =
  | Exclude<DocumentBlock, { type: 'items' }>
  | (Omit<Written<'items'>, 'columns'> & {
      columns: { head: string; width: number; align: Written<'items'>['columns'][number]['align'] }[];
      rows: string[][];
    });

export interface FilledDocument {
  title: string;
  author: string;
  /** Epoch ms. */
  at: number;
  language: Language;
  blocks: FilledBlock[];
}

type Fill = (text: string, data?: object) => string;

const maxCompiled = 5_000;

/** Fills the texts of templates, each compiled once. */
export class Filler {
  readonly #environment = createEnvironment({});
  readonly #compiled = new Map<string, CompiledText>();

  /** @throws VoronkaError TEMPLATE_VARIABLE_MISSING, TEMPLATE_INVALID naming the place in the template */
  fill(template: DocumentTemplate, snapshot: DocumentSnapshot): FilledDocument {
    const view = documentView(snapshot);
    const data = templateData(view);
    const { language, zone, at } = snapshot;
    const reader: Reader = { language, zone, link: (url) => url };
    const fill: Fill = (text, of = data) => (text.includes('{{') ? this.#compile(text)(of, reader).trim() : text);
    const place = <T>(what: string, work: () => T) => located(`${template.key}/${language}.json: ${what}`, work);
    const name = snapshot.company.name;
    return {
      title: place('title', () => fill(template.body.title).replaceAll(/\s+/g, ' ')),
      author: typeof name === 'string' ? name : '',
      at,
      language,
      blocks: template.body.blocks.flatMap(
        (block, index) => place(`blocks[${index}]`, () => fillBlock(block, view, fill)) ?? [],
      ),
    };
  }

  #compile(text: string): CompiledText {
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    // Texts of templates that nobody uses any more.
    if (this.#compiled.size >= maxCompiled) this.#compiled.clear();
    const made = this.#environment.compileText(text);
    this.#compiled.set(text, made);
    return made;
  }
}

/** Null when nothing of it is left: texts, rows and lines that come out empty are not shown. */
function fillBlock(block: DocumentBlock, view: JsonObject, fill: Fill): FilledBlock | null {
  switch (block.type) {
    case 'heading':
    case 'text': {
      const text = fill(block.text);
      return text === '' ? null : { ...block, text };
    }
    case 'facts': {
      const rows = block.rows.map((row) => fillRow(row, fill)).filter(({ value }) => value !== '');
      return rows.length === 0 ? null : { ...block, rows };
    }
    case 'columns': {
      const columns = block.columns.map(({ heading, lines }) => ({
        heading: fill(heading),
        lines: lines.map((line) => fill(line)).filter((line) => line !== ''),
      }));
      return { ...block, columns };
    }
    case 'items':
      return fillItems(block, view, fill);
    case 'signatures':
      return { ...block, parties: block.parties.map(({ role, name }) => ({ role: fill(role), name: fill(name) })) };
    case 'rule':
    case 'page-break':
      return block;
  }
}

function fillItems({ columns, totals, ...block }: Written<'items'>, view: JsonObject, fill: Fill): FilledBlock {
  const items = Array.isArray(view.items) ? view.items : [];
  return {
    ...block,
    columns: columns.map(({ head, width, align }) => ({ head: fill(head), width, align })),
    rows: items.map((item) => {
      const line = templateData(item);
      return columns.map(({ value }) => fill(value, line));
    }),
    totals: totals.map((row) => ({ ...row, ...fillRow(row, fill) })).filter(({ value }) => value !== ''),
  };
}

function fillRow({ label, value }: { label: string; value: string }, fill: Fill) {
  return { label: fill(label), value: fill(value) };
}

function located<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const missing = /" not defined in /.test(message);
    const known = cause instanceof VoronkaError ? cause.code : undefined;
    throw new VoronkaError(
      known ?? (missing ? 'TEMPLATE_VARIABLE_MISSING' : 'TEMPLATE_INVALID'),
      `templates/documents/${place}: ${message}`,
      { cause },
    );
  }
}
