import { z } from 'zod';
import { documentBodySchema, documentTemplateSchema } from '../engine/schema/document-template.ts';
import { definitionSchema } from '../engine/schema/index.ts';
import { templateSchema } from '../engine/schema/template.ts';

/** The JSON Schema of each kind of definition and of the files of templates, by file name: what editors complete and check by. */
export function schemaFiles(): Record<string, string> {
  const kinds = definitionSchema.options.map((schema): [string, z.ZodType] => [schema.shape.kind.value, schema]);
  const templates: [string, z.ZodType][] = [
    ['template', templateSchema],
    ['document-template', documentTemplateSchema],
    ['document-body', documentBodySchema],
  ];
  return Object.fromEntries(
    [...kinds, ...templates].map(([kind, schema]) => {
      const json = { $id: `${kind}.schema.json`, title: kind, ...z.toJSONSchema(schema, { io: 'input' }) };
      return [`${kind}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
}
