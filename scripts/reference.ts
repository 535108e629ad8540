import type { z } from 'zod';
import { definitionSchema, stepSchema } from '../engine/schema/index.ts';
import { processHead } from '../engine/schema/process.ts';
import { templateSchema } from '../engine/schema/template.ts';
import { stepType, stepTypes } from '../engine/steps/index.ts';
import { examples } from './reference/examples.ts';
import { type Row, rowsOf } from './reference/rows.ts';
import { conditions, introduction, kindWords, processWords, values } from './reference/words.ts';

const groups = {
  flow: 'Flow',
  contact: 'Contact',
  messages: 'Messages',
  people: 'People',
  outside: 'Other systems',
} as const;

/** What all definitions, and all steps, have: said once. */
const everyKind = new Set(['$schema', 'key', 'name', 'description', 'kind']);
const everyStep = new Set(['id', 'name', 'next', 'onError', 'type']);

/** `docs/language.md`: every kind of definition and every step type with all their keys. */
export function reference(): string {
  return [introduction, values, heads(), process(), steps(), otherKinds(), templates(), conditions].join('\n');
}

function heads(): string {
  const rows = rowsOf(processHead).filter(({ path }) => everyKind.has(path));
  return `## Every definition\n\n${table(rows)}`;
}

function process(): string {
  const rows = rowsOf(processHead).filter(({ path }) => !everyKind.has(path));
  return `## process\n\n${processWords}\n${table(rows)}`;
}

function steps(): string {
  const [first] = stepTypes;
  const common = rowsOf(first.schema(stepList)).filter(({ path }) => everyStep.has(path));
  const sections = Object.entries(groups).map(([group, title]) => {
    const types = stepTypes.filter((type) => type.group === group);
    return `### ${title}\n\n${types.map(({ type }) => step(type)).join('\n')}`;
  });
  return `## Steps\n\nEvery step has:\n\n${table(common.map((row) => (row.path === 'type' ? { ...row, type: 'step type' } : row)))}\n${sections.join('\n')}`;
}

/** The list of steps inside a container, for schemas that nest one. */
const stepList = stepSchema.array();

function step(name: string): string {
  const example = stepSchema.parse(examples[name]);
  const type = stepType(example);
  const rows = rowsOf(type.schema(stepList)).filter(({ path }) => !everyStep.has(path));
  const exits = type.exits(example).map((exit) => `\`${exit}\``);
  const json = `\`\`\`json\n${JSON.stringify(examples[name], null, 2)}\n\`\`\``;
  return `#### ${name}\n\n${type.summary} ${exits.length === 0 ? 'No exits.' : `Exits here: ${exits.join(', ')}.`}\n\n${json}\n\n${table(rows)}`;
}

function otherKinds(): string {
  return definitionSchema.options
    .filter((schema) => schema.shape.kind.value !== 'process')
    .map((schema) => {
      const kind = schema.shape.kind.value;
      const words = kindWords[kind];
      return `## ${kind}\n\n${words === undefined ? '' : `${words}\n`}${ownTable(schema)}`;
    })
    .join('\n');
}

function templates(): string {
  return `## template.json\n\nBeside the bodies of a message template; templates/README.md says how templates are laid out.\n\n${table(rowsOf(templateSchema))}`;
}

function ownTable(schema: z.ZodType): string {
  return table(rowsOf(schema).filter(({ path }) => !everyKind.has(path)));
}

function table(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ path, type, required, fallback, description }) => {
    const need = required ? 'yes' : fallback === '' ? '' : `\`${fallback}\``;
    return `| ${[`\`${path}\``, type, need, description].map(cell).join(' | ')} |`;
  });
  return `| key | value | needed, or default | meaning |\n|---|---|---|---|\n${lines.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
