import Handlebars from 'handlebars';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { Language } from '../../engine/model/contact.ts';
import { checkLink, formatDate, formatMoney, formatTime } from './formats.ts';
import { put, type Slots, takeValuesOut, toSlot } from './slots.ts';

/** What the functions of a template know beside its data. */
export interface Reader {
  language: Language;
  /** IANA zone in which instants become days. */
  zone: string;
  /** Turns an address into the one that the reader follows (a tracked link, or the address itself). */
  link(url: string): string;
}

export type CompiledText = (data: object, reader: Reader) => string;
export type CompiledHtml = (data: object, reader: Reader, slots: Slots) => string;

export interface Environment {
  /** Subjects and SMS: what variables hold stays as it is. */
  compileText(text: string): CompiledText;
  /** What variables hold goes to the slots, and comes back from there escaped. */
  compileHtml(text: string): CompiledHtml;
}

/** Only these may be called; every other name is refused when the template is compiled. */
const known = {
  link: true,
  money: true,
  date: true,
  time: true,
  [toSlot]: true,
  with: false,
  log: false,
  lookup: false,
};

/**
 * A Handlebars of one language's partials in which a missing variable is an error, only our functions exist, and
 * templates are text: a parsed tree from outside could smuggle in code (CVE-2026-33937) and is never accepted.
 */
export function createEnvironment(partials: Readonly<Record<string, string>>): Environment {
  const handlebars = Handlebars.create();
  const each = handlebars.helpers.each;
  handlebars.registerHelper({
    link: (url: unknown, options: Handlebars.HelperOptions) => reader(options).link(checkLink(url)),
    money: (amount: unknown, ...rest: unknown[]) =>
      formatMoney(amount, typeof rest[0] === 'string' ? rest[0] : 'RUB', reader(rest.at(-1)).language),
    date: (value: unknown, options: Handlebars.HelperOptions) =>
      formatDate(value, reader(options).language, reader(options).zone),
    time: (value: unknown, options: Handlebars.HelperOptions) =>
      formatTime(value, reader(options).language, reader(options).zone),
    each(this: unknown, items: unknown, options: Handlebars.HelperOptions) {
      if (items === undefined) {
        throw new VoronkaError('TEMPLATE_VARIABLE_MISSING', '{{#each}} got a variable that is missing');
      }
      return each?.call(this, items, options);
    },
    [toSlot]: put,
  });
  const settings = { strict: true, knownHelpersOnly: true, knownHelpers: known };
  // Compiled at the first use, so that a template that cannot be read is the matter of its own mails alone.
  const compile = (text: string, read: (tree: hbs.AST.Program) => hbs.AST.Program, options: CompileOptions) => {
    if (typeof text !== 'string') throw new VoronkaError('TEMPLATE_INVALID', 'A template is text');
    let compiled: Handlebars.TemplateDelegate<object> | undefined;
    return (data: object, runtime?: Handlebars.RuntimeOptions) => {
      compiled ??= handlebars.compile<object>(read(handlebars.parse(text)), options);
      return compiled(data, runtime);
    };
  };
  const compileHtml = (text: string) => compile(text, takeValuesOut, settings);
  for (const [name, text] of Object.entries(partials)) handlebars.registerPartial(name, compileHtml(text));
  return {
    compileText(text) {
      const render = compile(text, (tree) => tree, { ...settings, noEscape: true });
      return (data, reader) => render(data, { data: { reader } });
    },
    compileHtml(text) {
      const render = compileHtml(text);
      return (data, reader, slots) => render(data, { data: { reader, slots } });
    },
  };
}

function reader(options: unknown): Reader {
  return (options as Handlebars.HelperOptions).data.reader;
}
