import type { Json, JsonObject } from '../json.ts';
import type { Language } from '../model/contact.ts';
import type { LocalizedText } from '../model/effects.ts';
import { localized } from '../schema/common.ts';
import type { Evaluated, Expression, Visit } from './define.ts';

const piece = /\{\{(.*?)\}\}/gs;

/**
 * Fills the `{{cel}}` pieces of a text; absent values and null become empty, what is there in two languages is written in that of
 * the text around it.
 * @param language default: the company's
 */
export function fill(visit: Visit, text: string, language?: Language): Evaluated<string> {
  const read: JsonObject = {};
  let filled = '';
  let end = 0;
  for (const match of text.matchAll(piece)) {
    const value = visit.evaluate(match[1]?.trim() ?? '');
    if (!value.ok) return value;
    Object.assign(read, value.read);
    filled += text.slice(end, match.index) + written(value.value, language ?? visit.context.policy.company.language);
    end = match.index + match[0].length;
  }
  return { ok: true, value: filled + text.slice(end), read };
}

export function fillLocalized(visit: Visit, text: LocalizedText): Evaluated<LocalizedText> {
  if (typeof text === 'string') return fill(visit, text);
  const en = fill(visit, text.en, 'en');
  if (!en.ok) return en;
  const ru = fill(visit, text.ru, 'ru');
  if (!ru.ok) return ru;
  return { ok: true, value: { en: en.value, ru: ru.value }, read: { ...en.read, ...ru.read } };
}

/** Fills all texts within a JSON value. */
export function fillJson(visit: Visit, value: Json): Evaluated<Json> {
  if (typeof value === 'string') return fill(visit, value);
  if (typeof value !== 'object' || value === null) return { ok: true, value, read: {} };
  const read: JsonObject = {};
  const filled: [string, Json][] = [];
  for (const [name, member] of Object.entries(value)) {
    const result = fillJson(visit, member);
    if (!result.ok) return result;
    Object.assign(read, result.read);
    filled.push([name, result.value]);
  }
  return {
    ok: true,
    value: Array.isArray(value) ? filled.map(([, member]) => member) : Object.fromEntries(filled),
    read,
  };
}

/** The CEL pieces of all texts within a value. */
export function piecesIn(value: Json | undefined, path: readonly (string | number)[]): Expression[] {
  if (typeof value === 'string') {
    return [...value.matchAll(piece)].map((match) => ({ text: match[1]?.trim() ?? '', path, yields: 'any' }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    piecesIn(member, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

function written(value: Json, language: Language): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  const both = localized.safeParse(value);
  return both.success && typeof both.data === 'object' ? both.data[language] : JSON.stringify(value);
}
