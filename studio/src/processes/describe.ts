import type { Json } from '../../../engine/json.ts';
import type { StepBase } from '../../../engine/steps/define.ts';
import { isList } from '../parts/json.ts';
import { durationText } from '../parts/time.ts';

/** What every step has, and what the drawing shows by itself. */
const shownElsewhere = new Set(['id', 'type', 'name', 'next', 'onError', 'steps', 'branches']);

/** A step's parameters in one line, whatever its type. */
export function stepLine(step: StepBase, language: string): string {
  return Object.entries(step)
    .flatMap(([name, value]: [string, Json | undefined]) =>
      shownElsewhere.has(name) || value === undefined ? [] : [brief(value, language)],
    )
    .filter((text) => text !== '')
    .join(' · ');
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
