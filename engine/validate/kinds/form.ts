import type { z } from 'zod';
import { formSchema } from '../../schema/form.ts';
import { duplicates } from '../duplicates.ts';
import { schemaProblems } from '../issues.ts';
import { wellFormed } from '../parts.ts';
import { mistake, type Problem } from '../problem.ts';
import { hint, suggest } from '../suggest.ts';

/** Standard fields of a contact that a form may fill. */
const fillable = ['email', 'phone', 'firstName', 'lastName', 'company', 'language', 'timezone'];

export function formProblems(json: Readonly<Record<string, unknown>>): Problem[] {
  const fields = wellFormed(formSchema.shape.fields.element, json.fields);
  const problems = [
    ...schemaProblems(formSchema, json),
    ...duplicates(fields.map(({ value, index }) => ({ name: value.name, path: ['fields', index, 'name'] }))),
  ];
  for (const { value: field, index } of fields) {
    const path = ['fields', index];
    if (field.type === 'choice' && (field.choices ?? []).length === 0) {
      problems.push(mistake([...path, 'choices'], 'missing-key', 'a choice needs its "choices"'));
    }
    if (field.maps === undefined || fillable.includes(field.maps) || /^attributes\.[A-Za-z]\w*$/.test(field.maps))
      continue;
    const text = `unknown field "${field.maps}"${hint(field.maps, fillable)}; own ones are "attributes.<name>"`;
    problems.push(
      mistake([...path, 'maps'], 'unknown-field', text, suggest(field.maps, fillable) ?? `attributes.${field.maps}`),
    );
  }
  if (fields.length > 0 && !fields.some(({ value }) => value.maps === 'email' || value.maps === 'phone')) {
    problems.push(
      mistake(['fields'], 'missing-key', 'no field maps to "email" or "phone", so nobody can be recognised'),
    );
  }
  return [
    ...problems,
    ...ticketProblems(
      json.ticket,
      fields.map(({ value }) => value),
    ),
  ];
}

type Field = z.infer<typeof formSchema.shape.fields.element>;

/** The fields of which a ticket is made are there, and there is always something to answer. */
function ticketProblems(json: unknown, fields: readonly Field[]): Problem[] {
  const parsed = formSchema.shape.ticket.safeParse(json);
  if (!parsed.success || parsed.data === undefined || fields.length === 0) return [];
  const { subject, text } = parsed.data;
  const names = fields.map(({ name }) => name);
  const unknown = Object.entries({ subject, text }).filter(([, name]) => !names.includes(name));
  const optional = fields.some(({ name, required }) => name === text && !required);
  return [
    ...unknown.map(([part, name]) =>
      mistake(
        ['ticket', part],
        'unknown-field',
        `no field is called "${name}"${hint(name, names)}`,
        suggest(name, names),
      ),
    ),
    ...(optional
      ? [mistake(['ticket', 'text'], 'wrong-value', `the field "${text}" must be required: a ticket says something`)]
      : []),
  ];
}
