import Handlebars from 'handlebars';
import { VoronkaError } from '../../engine/errors/error.ts';

/**
 * The values of one mail, each taken out of its HTML and standing there as a mark. Mails of one template that differ in
 * nothing else are the same text then, whose conversion is made once.
 */
export interface Slots {
  /** Keeps a value and answers what stands for it. */
  put(value: unknown): Handlebars.SafeString;
  /** Whether each value reads in a text as it does in HTML: no blank that HTML would fold away, nothing empty. */
  areWords(): boolean;
  /** The HTML with its values, escaped. */
  html(marked: string): string;
  /** A text made from the marked HTML with its values, in capitals where the text has put the mark in capitals. */
  text(marked: string): string;
}

/** Noncharacters of Unicode, which no text contains that is meant to be read, around a letter and a number. */
const mark = /\uFDD0([vV])(\d+)\uFDD1/g;
const foreign = /[\uFDD0\uFDD1]/g;
const words = /^[^ \t\r\n\f\u200b]+( [^ \t\r\n\f\u200b]+)*$/;

export function createSlots(): Slots {
  const values: string[] = [];
  const numbers = new Map<string, number>();
  const at = (number: string) => values[Number(number)] ?? '';
  return {
    put(value) {
      const text = String(value).replace(foreign, '');
      // The same value has the same mark, so that a link can be compared with its own words.
      const number = numbers.get(text) ?? values.push(text) - 1;
      numbers.set(text, number);
      return new Handlebars.SafeString(`\uFDD0v${number}\uFDD1`);
    },
    areWords: () => values.every((value) => words.test(value)),
    html: (marked) => marked.replace(mark, (_, __, number) => Handlebars.escapeExpression(at(number))),
    text: (marked) =>
      marked.replace(mark, (_, letter, number) => (letter === 'v' ? at(number) : at(number).toUpperCase())),
  };
}

/** Name of the function that puts a value into a slot: with a blank in it, so that no template calls it by chance. */
export const toSlot = 'to slot';

/** Rewrites `{{name}}` as `{{[to slot] name "name"}}`, here and in every block, so that the value goes to the slots. */
export function takeValuesOut(program: hbs.AST.Program): hbs.AST.Program {
  new ValueTaker().accept(program);
  return program;
}

class ValueTaker extends Handlebars.Visitor {
  override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
    const { path, params, hash, loc, escaped } = statement;
    if (!escaped || path.type !== 'PathExpression') return;
    const { original } = path as hbs.AST.PathExpression;
    const call: hbs.AST.SubExpression = {
      type: 'SubExpression',
      path: path as hbs.AST.PathExpression,
      params,
      hash,
      loc,
    };
    const name: hbs.AST.StringLiteral = { type: 'StringLiteral', value: original, original, loc };
    statement.params = [params.length > 0 ? call : path, name];
    statement.path = {
      type: 'PathExpression',
      data: false,
      depth: 0,
      parts: [toSlot],
      original: toSlot,
      loc,
    } as hbs.AST.PathExpression;
  }
}

/** The function behind `{{[to slot] value "name"}}`. Without slots (a partial in an SMS) the value is escaped where it stands. */
export function put(value: unknown, name: string, { data }: Handlebars.HelperOptions): unknown {
  if (value === undefined) throw new VoronkaError('TEMPLATE_VARIABLE_MISSING', `"${name}" not defined`);
  const slots: Slots | undefined = data.slots;
  return slots === undefined ? value : slots.put(value);
}
