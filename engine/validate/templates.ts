import type { TemplateCatalogue } from '../library.ts';
import type { Language } from '../model/contact.ts';
import { languages } from '../model/contact.ts';
import { type TemplateSource, type TemplateSources, templateId } from '../schema/template.ts';
import { mistake, type Path, type Problem } from './problem.ts';
import { hint, suggest } from './suggest.ts';
import { readTemplate, type TemplateReading } from './template-variables.ts';

/** What templates may begin a path with, and call; `templates/README.md` says what each is. */
const names = [
  ...['contact', 'trigger', 'vars', 'ticket', 'deal', 'company', 'unsubscribeUrl', 'surveyUrl', 'approval'],
  ...['language', 'subject', 'preheader'],
];
const helpers = ['if', 'unless', 'each', 'link', 'money', 'date', 'time'];
/** What processes must provide; the rest is always there. */
const provided = /^((contact|trigger|vars|ticket|deal|approval)\.|surveyUrl$)/;

/** What is known of each template, for the definitions that name it. */
export function templateCatalogue(sources: TemplateSources): TemplateCatalogue {
  const catalogue: TemplateCatalogue = {};
  for (const template of sources.templates) {
    const readings = texts(template).flatMap(({ text, language }) => reading(text, sources.partials[language]) ?? []);
    const variables = new Set(readings.flatMap((one) => [...one.required].filter((path) => provided.test(path))));
    catalogue[templateId(template.channel, template.key)] = {
      channel: template.channel,
      purpose: template.purpose,
      languages: languages.filter((language) => template.bodies[language] !== undefined),
      variables: [...variables].sort(),
    };
  }
  for (const { key, formats } of sources.documents ?? []) {
    catalogue[`document/${key}`] = { channel: 'document', purpose: 'transactional', languages, formats, variables: [] };
  }
  return catalogue;
}

/** Every mistake in one template: syntax, names and helpers that do not exist, a subject or a language that is missing. */
export function templateProblems(template: TemplateSource, sources: TemplateSources): Problem[] {
  const problems: Problem[] = [];
  for (const language of languages) {
    if (template.bodies[language] !== undefined) continue;
    problems.push(
      mistake([], 'template-language-missing', `${language}.hbs is missing: write the body in ${language}`),
    );
  }
  if (template.channel === 'email' && template.subject === undefined) {
    problems.push(mistake(['subject'], 'missing-key', '"subject" is missing: a mail needs one'));
  }
  for (const { path, text, language } of texts(template)) {
    problems.push(...textProblems(path, text, sources.partials[language]));
  }
  return problems;
}

interface Text {
  path: Path;
  text: string;
  language: Language;
}

function texts({ bodies, subject, preheader }: TemplateSource): Text[] {
  return languages.flatMap((language) => {
    const found: Text[] = [];
    const body = bodies[language];
    if (body !== undefined) found.push({ path: [`${language}.hbs`], text: body, language });
    for (const [name, value] of Object.entries({ subject, preheader })) {
      if (value === undefined) continue;
      found.push(
        typeof value === 'string'
          ? { path: [name], text: value, language }
          : { path: [name, language], text: value[language], language },
      );
    }
    return found;
  });
}

function reading(text: string, partials: Readonly<Record<string, string>>): TemplateReading | null {
  try {
    return readTemplate(text, partials);
  } catch {
    return null;
  }
}

function textProblems(path: Path, text: string, partials: Readonly<Record<string, string>>): Problem[] {
  try {
    // A partial's own parameters are plain names in it, so only what the text itself reads is looked at.
    const own = readTemplate(text);
    const roots = new Set([...own.required, ...own.optional].map((one) => one.split('.', 1)[0] ?? one));
    const called = [...own.helpers].filter(
      (name) => !(name.startsWith('> ') && Object.hasOwn(partials, name.slice(2))),
    );
    return [
      ...[...roots].flatMap((name) => unknown('name', name, names, path)),
      ...called.flatMap((name) =>
        name.startsWith('> ')
          ? unknown('partial', name.slice(2), Object.keys(partials), path)
          : unknown('helper', name, helpers, path),
      ),
    ];
  } catch (error) {
    return [
      mistake(path, 'wrong-value', `this is no Handlebars text: ${error instanceof Error ? error.message : error}`),
    ];
  }
}

function unknown(what: string, name: string, known: readonly string[], path: Path): Problem[] {
  if (known.includes(name)) return [];
  return [mistake(path, 'wrong-value', `unknown ${what} "${name}"${hint(name, known)}`, suggest(name, known))];
}
