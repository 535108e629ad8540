import { z } from 'zod';
import type { Path } from './problem.ts';

type Schema = z.core.$ZodType;

/** The keys that an object at `path` of `value` may have by `schema`; empty where any key may stand. */
export function knownKeys(schema: Schema, value: unknown, path: Path): string[] {
  const target = unwrap(schema, value);
  if (target instanceof z.ZodUnion) return target.options.flatMap((option) => knownKeys(option, value, path));
  const [first, ...rest] = path;
  if (first === undefined) return target instanceof z.ZodObject ? Object.keys(target.shape) : [];
  const inner = member(target, first);
  return inner === undefined ? [] : knownKeys(inner, property(value, first), rest);
}

/** What stands behind optional, default and lazy; of a discriminated union the option that the value names. */
function unwrap(schema: Schema, value: unknown): Schema {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return unwrap(schema.def.innerType, value);
  }
  if (schema instanceof z.ZodLazy) return unwrap(schema.def.getter(), value);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const name = schema.def.discriminator;
    const named = schema.options.find(
      (option) =>
        option instanceof z.ZodObject && option.shape[name]?.safeParse(property(value, name)).success === true,
    );
    return named === undefined ? schema : unwrap(named, value);
  }
  return schema;
}

function member(schema: Schema, name: string | number): Schema | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? schema.shape[String(name)] : undefined;
}

function property(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
