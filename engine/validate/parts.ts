import type { z } from 'zod';

/** The elements of a list in a draft that have the right form, each with its index: one wrong element hides no other. */
export function wellFormed<T>(schema: z.ZodType<T>, list: unknown): { value: T; index: number }[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((element, index) => {
    const parsed = schema.safeParse(element);
    return parsed.success ? [{ value: parsed.data, index }] : [];
  });
}

/** The key of a draft; empty where it has none. */
export function keyOf(json: Readonly<Record<string, unknown>>): string {
  return typeof json.key === 'string' ? json.key : '';
}

/** A value of a draft, or what the language puts in its place when it is absent or wrong. */
export function orDefault<T>(schema: z.ZodType<T>, value: unknown, fallback: T): T {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : fallback;
}
