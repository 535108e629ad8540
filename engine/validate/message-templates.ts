import { contactFields, dealFields, ticketFields } from '../conditions/environment.ts';
import type { Json } from '../json.ts';
import type { Library, TemplateInfo } from '../library.ts';
import { languages } from '../model/contact.ts';
import type { Outline, OutlinedStep } from './outline.ts';
import { mistake, type Path, type Problem, warning } from './problem.ts';
import type { ProcessDraft } from './process-head.ts';
import { hint, suggest } from './suggest.ts';

/** What a process can offer to the templates that it sends. */
interface Offer {
  /** First parts of `trigger.…`; null when nobody can know them: no scenario, no form, or entries by other means. */
  trigger: ReadonlySet<string> | null;
  vars: ReadonlySet<string>;
  subject: ProcessDraft['subject'];
}

/** The fields of records that templates read, and those that every such record has. */
const records = {
  contact: { fields: contactFields, always: ['id', 'language', 'score', 'segments', 'consent', 'createdAt'] },
  ticket: {
    fields: ticketFields,
    always: ['id', 'number', 'subject', 'status', 'priority', 'channel', 'contactId', 'createdAt'],
  },
  deal: {
    fields: dealFields,
    always: [
      'id',
      'number',
      'title',
      'contactId',
      'pipeline',
      'stage',
      'status',
      'currency',
      'paid',
      'items',
      'createdAt',
    ],
  },
};

/** Whether every template that a step names finds its languages and its variables. */
export function messageProblems(
  draft: ProcessDraft,
  outline: Outline,
  scenarios: unknown,
  library: Library,
): Problem[] {
  const offer: Offer = {
    trigger: triggerNames(draft, scenarios, library),
    subject: draft.subject,
    vars: new Set(outline.steps.flatMap(({ parsed }) => parsed?.type.provides(parsed.step) ?? [])),
  };
  return outline.steps.flatMap((outlined) =>
    (outlined.parsed?.type.references(outlined.parsed.step) ?? []).flatMap((reference) => {
      const template = reference.kind === 'template' ? library.templates[reference.key] : undefined;
      if (template === undefined || template.channel === 'document') return [];
      const path = [...outlined.path, ...reference.path];
      return [
        ...languageProblems(reference.key, template, path),
        ...purposeProblems(outlined, reference.key, template, draft, path),
        ...givenProblems(outlined, reference.key, template, path),
        ...template.variables.flatMap((variable) => variableProblems(reference.key, variable, offer, path)),
      ];
    }),
  );
}

function languageProblems(name: string, template: TemplateInfo, path: Path): Problem[] {
  return languages
    .filter((language) => !template.languages.includes(language))
    .map((language) =>
      warning(
        path,
        'template-language-missing',
        `"${name}" is not written in ${language}; those readers get another language`,
      ),
    );
}

function purposeProblems(
  { parsed }: OutlinedStep,
  name: string,
  template: TemplateInfo,
  draft: ProcessDraft,
  path: Path,
): Problem[] {
  const own = parsed !== undefined && 'purpose' in parsed.step ? parsed.step.purpose : undefined;
  const purpose = own ?? draft.settings.purpose;
  if (purpose === template.purpose) return [];
  const text = `"${name}" is written as a ${template.purpose} message and would be sent as a ${purpose} one`;
  return [warning(path, 'purpose-mismatch', text)];
}

function variableProblems(template: string, variable: string, offer: Offer, path: Path): Problem[] {
  const [root, first = ''] = variable.split('.');
  const missing = (text: string, near?: string) =>
    mistake(path, 'template-variable-missing', `"${template}" reads ${variable}, ${text}`, near);
  if (root === 'vars') {
    if (offer.vars.has(first)) return [];
    return [missing(`which no step sets${hint(first, offer.vars)}`, near(`vars.`, first, offer.vars))];
  }
  if (root === 'trigger') {
    if (offer.trigger === null || offer.trigger.has(first)) return [];
    const text = `which no form and no scenario of this process provides${hint(first, offer.trigger)}`;
    return [missing(text, near('trigger.', first, offer.trigger))];
  }
  if (root !== 'contact' && root !== 'ticket' && root !== 'deal') return [];
  if (root !== 'contact' && offer.subject !== root) {
    return [
      missing(`and this process is not about ${root}s: give it "subject": "${root}", or choose another template`),
    ];
  }
  const { fields, always } = records[root];
  const known = Object.keys(fields);
  if (!known.includes(first))
    return [missing(`which is no field of a ${root}${hint(first, known)}`, near(`${root}.`, first, known))];
  if (always.includes(first)) return [];
  return [
    warning(
      path,
      'template-variable-missing',
      `"${template}" reads ${variable}, which not every ${root} has: put it into {{#if ${variable}}}`,
    ),
  ];
}

/** What only some steps give: their templates must show it, and no other step's may. */
function givenProblems({ parsed }: OutlinedStep, name: string, template: TemplateInfo, path: Path): Problem[] {
  const given = parsed?.type.gives ?? [];
  const read = template.variables.filter((variable) => !variable.includes('.'));
  const missing = (text: string) => mistake(path, 'template-variable-missing', text);
  return [
    ...given
      .filter((variable) => !read.includes(variable))
      .map((variable) =>
        missing(`"${name}" does not show ${variable}: put {{link ${variable}}} into it, or choose another`),
      ),
    ...read
      .filter((variable) => !given.includes(variable))
      .map((variable) =>
        missing(`"${name}" reads ${variable}, which this step does not give: choose another template`),
      ),
  ];
}

function near(root: string, name: string, known: Iterable<string>): string | undefined {
  const found = suggest(name, known);
  return found === undefined ? undefined : root + found;
}

/** What the events that start the process carry, by its scenarios, by the forms that make such events, and by the language itself. */
function triggerNames(draft: ProcessDraft, scenarios: unknown, library: Library): ReadonlySet<string> | null {
  const names = new Set<string>();
  let known = false;
  for (const data of startingData(scenarios)) {
    known = true;
    for (const name of Object.keys(data)) names.add(name);
  }
  const events = new Set(draft.triggers.map(({ value }) => (value.on === 'event' ? value.event : value.on)));
  for (const form of Object.values(library.forms)) {
    if (!events.has(form.event)) continue;
    known = true;
    names.add('form');
    for (const field of form.fields) names.add(field.name);
  }
  return known ? names : null;
}

function startingData(scenarios: unknown): { [key: string]: Json }[] {
  if (!Array.isArray(scenarios)) return [];
  return scenarios.flatMap((scenario) => {
    const data = scenario?.events?.[0]?.data;
    if (!Array.isArray(scenario?.events) || scenario.events.length === 0) return [];
    return [typeof data === 'object' && data !== null ? data : {}];
  });
}
