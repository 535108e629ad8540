import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { VoronkaError } from '../../engine/errors/error.ts';
import { type Channel, channels, type Language, languages } from '../../engine/model/contact.ts';
import { type DocumentFormat, documentFormats } from '../../engine/model/document.ts';
import { type TemplateSource, type TemplateSources, templateSchema } from '../../engine/schema/template.ts';

/**
 * Reads a folder of templates as `templates/README.md` lays it out.
 * @throws VoronkaError DEFINITION_INVALID naming the file that is wrong.
 */
export function loadTemplates(folder: string): TemplateSources {
  const partials: TemplateSources['partials'] = { en: {}, ru: {} };
  const partialFolder = join(folder, 'email', '_partials');
  // The partials of all languages first, so that those of one language win.
  const files = list(partialFolder).sort((a, b) => a.split('.').length - b.split('.').length);
  for (const file of files) {
    const [name, language] = basename(file, '.hbs').split('.');
    if (name === undefined || !file.endsWith('.hbs')) throw invalid(join(partialFolder, file), 'is not a .hbs file');
    const text = readFileSync(join(partialFolder, file), 'utf8');
    for (const each of languages) if (language === undefined || language === each) partials[each][name] = text;
  }
  const layout = join(folder, 'email', '_layout.hbs');
  return {
    layout: existsSync(layout) ? readFileSync(layout, 'utf8') : '{{{body}}}',
    partials,
    documents: list(join(folder, 'documents')).map((key) => ({ key, formats: formatsOf(folder, key) })),
    templates: channels.flatMap((channel) =>
      list(join(folder, channel))
        .filter((key) => !key.startsWith('_'))
        .map((key) => loadTemplate(folder, channel, key)),
    ),
  };
}

function loadTemplate(folder: string, channel: Channel, key: string): TemplateSource {
  const home = join(folder, channel, key);
  const headFile = join(home, 'template.json');
  if (!existsSync(headFile)) throw invalid(headFile, 'is missing');
  const head = templateSchema.safeParse(parseJson(headFile));
  if (!head.success) {
    throw invalid(headFile, head.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
  }
  const bodies: Partial<Record<Language, string>> = {};
  for (const language of languages) {
    const file = join(home, `${language}.hbs`);
    if (existsSync(file)) bodies[language] = readFileSync(file, 'utf8');
  }
  if (Object.keys(bodies).length === 0) throw invalid(home, `holds neither ${languages.join('.hbs nor ')}.hbs`);
  return { ...head.data, channel, key, bodies };
}

function formatsOf(folder: string, key: string): readonly DocumentFormat[] {
  const isWritten = languages.every((language) => existsSync(join(folder, 'documents', key, `${language}.docx`)));
  return isWritten ? documentFormats : ['pdf'];
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw invalid(file, `is not JSON: ${cause instanceof Error ? cause.message : cause}`);
  }
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function invalid(file: string, what: string): VoronkaError {
  return new VoronkaError('TEMPLATE_INVALID', `${file} ${what}`);
}
