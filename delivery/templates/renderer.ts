import { VoronkaError } from '../../engine/errors/error.ts';
import { type Channel, type Language, languages } from '../../engine/model/contact.ts';
import { type TemplateSource, type TemplateSources, templateId } from '../../engine/schema/template.ts';
import { type TemplateInput, templateData } from './data.ts';
import {
  type CompiledHtml,
  type CompiledText,
  createEnvironment,
  type Environment,
  type Reader,
} from './environment.ts';
import { createSlots } from './slots.ts';
import { createTextPart } from './text-part.ts';

interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

export interface Renderer {
  /**
   * The language in which a template speaks to somebody: the first wish that it has, else the one there is.
   * @throws VoronkaError TEMPLATE_NOT_FOUND
   */
  language(channel: Channel, key: string, wishes: readonly Language[]): Language;
  /** @throws VoronkaError TEMPLATE_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_VARIABLE_MISSING */
  mail(key: string, input: TemplateInput, reader: Reader): RenderedMail;
  /** @throws VoronkaError TEMPLATE_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_VARIABLE_MISSING */
  sms(key: string, input: TemplateInput, reader: Reader): string;
}

interface CompiledMail {
  subject: CompiledText;
  preheader?: CompiledText;
  body: CompiledHtml;
}

/** Renders one version of the templates; each is compiled once, when it is first used. */
export function createRenderer(sources: TemplateSources): Renderer {
  const templates = new Map(
    sources.templates.map((template) => [templateId(template.channel, template.key), template]),
  );
  const environments: Record<Language, Environment> = {
    en: createEnvironment(sources.partials.en),
    ru: createEnvironment(sources.partials.ru),
  };
  const layouts: Record<Language, CompiledHtml> = {
    en: environments.en.compileHtml(sources.layout),
    ru: environments.ru.compileHtml(sources.layout),
  };
  const mails = new Map<string, CompiledMail>();
  const texts = new Map<string, CompiledText>();
  const textPart = createTextPart();

  const find = (channel: Channel, key: string): TemplateSource => {
    const template = templates.get(templateId(channel, key));
    if (template) return template;
    throw new VoronkaError('TEMPLATE_NOT_FOUND', `There is no ${channel} template "${key}"`);
  };

  const compileMail = (key: string, language: Language): CompiledMail => {
    const template = find('email', key);
    const { compileText, compileHtml } = environments[language];
    const subject = localized(template.subject, language);
    if (subject === undefined) throw new VoronkaError('TEMPLATE_INVALID', `The mail template "${key}" has no subject`);
    const preheader = localized(template.preheader, language);
    return {
      subject: compileText(subject),
      ...(preheader !== undefined && { preheader: compileText(preheader) }),
      body: compileHtml(body(template, language)),
    };
  };

  return {
    language(channel, key, wishes) {
      const { bodies } = find(channel, key);
      return [...wishes, ...languages].find((language) => bodies[language] !== undefined) ?? 'en';
    },
    mail(key, input, reader) {
      const compiled = remember(mails, `${key}/${reader.language}`, () => compileMail(key, reader.language));
      return named(`email/${key}`, () => {
        const data = templateData({ ...input, language: reader.language });
        const subject = oneLine(compiled.subject(data, reader));
        const preheader = oneLine(compiled.preheader?.(data, reader) ?? '');
        const frame = Object.assign(data, { subject, preheader });
        const slots = createSlots();
        const inner = compiled.body(frame, reader, slots);
        const marked = layouts[reader.language](Object.assign(frame, { body: inner }), reader, slots);
        return { subject, html: slots.html(marked), text: textPart(marked, slots) };
      });
    },
    sms(key, input, reader) {
      const compiled = remember(texts, `${key}/${reader.language}`, () =>
        environments[reader.language].compileText(body(find('sms', key), reader.language)),
      );
      return named(`sms/${key}`, () => compiled(templateData({ ...input, language: reader.language }), reader).trim());
    },
  };
}

/** No line break or control character of a value reaches a header (CVE GHSA-c7w3-x93f-qmm8). */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp} ]+/gu, ' ').trim();
}

function localized(text: TemplateSource['subject'], language: Language): string | undefined {
  return typeof text === 'object' ? text[language] : text;
}

function body(template: TemplateSource, language: Language): string {
  const text = template.bodies[language];
  if (text !== undefined) return text;
  throw new VoronkaError('TEMPLATE_NOT_FOUND', `The template "${template.key}" is not written in "${language}"`);
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** Handlebars' own errors (a strict lookup, an unknown function, bad syntax) under our codes, naming the template. */
function named<T>(template: string, render: () => T): T {
  try {
    return render();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const missing = /" not defined in /.test(message) || cause instanceof TypeError;
    const code =
      cause instanceof VoronkaError ? cause.code : missing ? 'TEMPLATE_VARIABLE_MISSING' : 'TEMPLATE_INVALID';
    throw new VoronkaError(code, `Template ${template}: ${message}`, { cause });
  }
}
