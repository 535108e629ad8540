import type { Library } from '../library.ts';
import { makesDocument } from '../steps/generate-document.ts';
import { sendsDocument } from '../steps/send-document.ts';
import type { Outline } from './outline.ts';
import { mistake, type Problem } from './problem.ts';

/** Whether documents can be had in the formats in which steps send them. */
export function documentProblems({ steps }: Outline, { templates }: Library): Problem[] {
  const parsed = steps.flatMap(({ parsed, path }) => (parsed === undefined ? [] : [{ step: parsed.step, path }]));
  const makers = parsed.flatMap(({ step }) => (makesDocument(step) ? [step] : []));
  return parsed.flatMap(({ step, path }) => {
    if (!sendsDocument(step)) return [];
    const { document, format } = step;
    const without = makers.filter(
      ({ into, template }) =>
        into === document && templates[`document/${template}`]?.formats?.includes(format) === false,
    );
    return without.map(({ template }) => {
      const cure = `add en.docx and ru.docx to templates/documents/${template}, or send it as "pdf"`;
      return mistake([...path, 'format'], 'wrong-value', `"${template}" has no Word version: ${cure}`, 'pdf');
    });
  });
}
