import { z } from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;

/** One key of an object in the reference. */
export interface Row {
  path: string;
  type: string;
  required: boolean;
  /** JSON text, or '' without one. */
  fallback: string;
  description: string;
}

/** Values with a name of their own; the reference explains each once. */
const named = new Set([
  'key',
  'name',
  'text',
  'duration',
  'signed duration',
  'time',
  'date',
  'weekday',
  'zone',
  'CEL',
  'event name',
  'language',
]);

/**
 * The keys of an object schema as a definition's author writes them, nested ones with their path: `entry.minInterval`,
 * `triggers[].event`, `caps[].per`. Of alternatives with a telling key, each has its own path: `triggers[event].event`.
 */
export function rowsOf(schema: z.ZodType): Row[] {
  const root = z.toJSONSchema(schema, { io: 'input' });
  return new Reader(root).object(root, '');
}

class Reader {
  private readonly root: Schema;

  constructor(root: Schema) {
    this.root = root;
  }

  object(schema: Schema, prefix: string): Row[] {
    return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
      const member = this.resolve(given);
      const path = `${prefix}${name}`;
      const row: Row = {
        path,
        type: this.type(given),
        required: schema.required?.includes(name) ?? false,
        fallback: member.default === undefined ? '' : JSON.stringify(member.default),
        description: member.description ?? '',
      };
      return [row, ...this.inner(given, path)];
    });
  }

  private inner(given: Schema | boolean, path: string): Row[] {
    const schema = this.resolve(given);
    if (this.isNamed(schema) || this.isJson(schema) || isSteps(path)) return [];
    if (schema.properties !== undefined) return this.object(schema, `${path}.`);
    if (schema.type === 'array' && isSchema(schema.items)) return this.inner(schema.items, `${path}[]`);
    if (isSchema(schema.additionalProperties)) return this.inner(schema.additionalProperties, `${path}.<name>`);
    return alternatives(schema).flatMap((option) => {
      const one = this.resolve(option);
      if (one.properties === undefined) return [];
      const [kind] = Object.values(one.properties).flatMap((member) =>
        isSchema(member) && member.const !== undefined ? [String(member.const)] : [],
      );
      const own = kind === undefined ? path : `${path.replace(/\[\]$/, '')}[${kind}]`;
      return this.object(one, `${own}.`).filter((row) => kind === undefined || row.type !== JSON.stringify(kind));
    });
  }

  private type(given: Schema | boolean): string {
    const schema = this.resolve(given);
    if (this.isNamed(schema)) return schema.title ?? '';
    if (this.isJson(schema)) return 'JSON';
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
    const options = alternatives(schema);
    if (options.length > 0) return [...new Set(options.map((option) => this.type(option)))].join(' or ');
    if (schema.type === 'array') return isSchema(schema.items) ? `list of ${this.plural(schema.items)}` : 'list';
    if (schema.type === 'object') {
      const values = schema.additionalProperties;
      return isSchema(values) ? `object of ${this.plural(values)}` : 'object';
    }
    if (schema.type === 'integer') return 'whole number';
    return schema.format === 'date-time' ? 'date-time' : String(schema.type ?? 'JSON');
  }

  private plural(schema: Schema): string {
    const resolved = this.resolve(schema);
    const options = alternatives(resolved);
    const isStep = options.length > 5 && options.every((option) => this.resolve(option).properties?.type !== undefined);
    return isStep ? 'steps' : this.type(schema);
  }

  private isNamed(schema: Schema): boolean {
    return schema.title !== undefined && named.has(schema.title);
  }

  /** Any JSON value is an alternative of null and all other types. */
  private isJson(schema: Schema): boolean {
    const options = alternatives(schema).map((option) => this.resolve(option));
    return (
      Object.keys(schema).every((name) => name === 'description' || name === 'default') ||
      (options.some(({ type }) => type === 'null') && options.some(({ type }) => type === 'array'))
    );
  }

  private resolve(schema: Schema | boolean): Schema {
    if (typeof schema === 'boolean') return {};
    if (schema.$ref === undefined) return schema;
    const target = this.root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    return { ...(target === undefined ? {} : this.resolve(target)), ...schema, $ref: undefined };
  }
}

/** Steps are described by their own section, wherever they are nested. */
function isSteps(path: string): boolean {
  return /(^|\.)(steps|branches|enter|leave)$/.test(path);
}

function alternatives(schema: Schema): Schema[] {
  return (schema.anyOf ?? schema.oneOf ?? []).filter(isSchema);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
