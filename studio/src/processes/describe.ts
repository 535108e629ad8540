import { z } from 'zod';
import type { Json } from '../../../engine/json.ts';
import type { CompiledStep } from '../../../engine/process/compile.ts';
import type { StepBase, StepType } from '../../../engine/steps/define.ts';
import { isList } from '../parts/json.ts';
import { durationText } from '../parts/time.ts';

/** What every step has, and what the drawing shows by itself. */
const shownElsewhere = new Set(['id', 'type', 'name', 'next', 'onError', 'steps', 'branches']);

/** A step's parameters in one line, whatever its type; those that only say the default are left out. */
export function stepLine({ step, type }: CompiledStep, language: string): string {
  const usual = defaultsOf(type);
  return Object.entries(step)
    .flatMap(([name, value]: [string, Json | undefined]) =>
      shownElsewhere.has(name) || value === undefined || value === usual[name] ? [] : [brief(value, language)],
    )
    .filter((text) => text !== '')
    .join(' · ');
}

const known = new Map<string, Record<string, unknown>>();

function defaultsOf(type: StepType): Record<string, unknown> {
  const before = known.get(type.type);
  if (before !== undefined) return before;
  const schema = type.schema(z.custom<StepBase[]>());
  const shape = schema instanceof z.ZodObject ? Object.entries(schema.shape) : [];
  const defaults = Object.fromEntries(
    shape.flatMap(([name, part]) => (part instanceof z.ZodDefault ? [[name, part.def.defaultValue]] : [])),
  );
  known.set(type.type, defaults);
  return defaults;
}

function brief(value: Json, language: string): string {
  if (typeof value === 'string') return durationText(value, language);
  if (typeof value === 'number') return String(value);
  if (value === null || typeof value === 'boolean') return '';
  if (isList(value)) return value.map((one) => brief(one, language)).join(', ');
  const { name, en, ru } = value;
  if (typeof name === 'string') return name;
  if (typeof en === 'string' && typeof ru === 'string') return language === 'ru' ? ru : en;
  return Object.entries(value)
    .map(([key, part]) => `${key} ${brief(part, language)}`.trim())
    .join(', ');
}
