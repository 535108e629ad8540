import Handlebars from 'handlebars';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { Language } from '../../engine/model/contact.ts';
import { checkLink, formatDate, formatMoney } from './formats.ts';

/** What the functions of a template know beside its data. */
export interface Reader {
  language: Language;
  /** IANA zone in which instants become days. */
  zone: string;
  /** Turns an address into the one that the reader follows (a tracked link, or the address itself). */
  link(url: string): string;
}

export type Compiled = (data: object, reader: Reader) => string;

export interface Environment {
  /** `html` escapes what variables hold; `text` does not (subjects, SMS). */
  compile(text: string, kind: 'html' | 'text'): Compiled;
}

/** Only these may be called; every other name is refused when the template is compiled. */
const known = { link: true, money: true, date: true, with: false, log: false, lookup: false };

/**
 * A Handlebars of one language's partials in which a missing variable is an error, only our functions exist, and
 * templates are text: a parsed tree could smuggle in code (CVE-2026-33937) and is never accepted.
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
    each(this: unknown, items: unknown, options: Handlebars.HelperOptions) {
      if (items === undefined) {
        throw new VoronkaError('TEMPLATE_VARIABLE_MISSING', '{{#each}} got a variable that is missing');
      }
      return each?.call(this, items, options);
    },
  });
  const compile = (text: string, kind: 'html' | 'text') => {
    if (typeof text !== 'string') throw new VoronkaError('TEMPLATE_INVALID', 'A template is text');
    return handlebars.compile<object>(text, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: known,
      noEscape: kind === 'text',
    });
  };
  for (const [name, text] of Object.entries(partials)) handlebars.registerPartial(name, compile(text, 'html'));
  return {
    compile(text, kind) {
      const render = compile(text, kind);
      return (data, reader) => render(data, { data: { reader } });
    },
  };
}

function reader(options: unknown): Reader {
  return (options as Handlebars.HelperOptions).data.reader;
}
