import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../engine/errors/catalogue.ts';
import { ApiProblem } from '../../studio/src/api/client.ts';
import { texts } from '../../studio/src/app/texts.ts';
import { errorText, explain } from '../../studio/src/parts/explain.ts';
import russian from '../../texts/ru.errors.json' with { type: 'json' };

async function speaking(lng: 'en' | 'ru') {
  return createInstance().init({ resources: texts, lng, interpolation: { escapeValue: false } });
}

/** What a reader copies as it stands: names in capitals, quoted commands, braces, calls, placeholders, header names, paths. */
const verbatim =
  /`[^`]+`|\b[A-Z]+(?:_[A-Z]+)+\b|\{.*\}|\.?\S+\(…\)|\b[A-Z][a-z]+(?:-[A-Z][a-z]+)+\b|"\w+"|\b[a-z]+\.[a-zA-Z]+\b|\w+(?:\/<\w+>)+\/|\d+/g;
const entries = new Map(Object.entries(russian));

describe('the Russian texts of errors', () => {
  it('are there for every code of the catalogue, in its order, and for no other', () => {
    expect(Object.keys(russian)).toEqual(Object.keys(catalogue));
  });

  it.each(Object.entries(catalogue))('say what %s means, with the names that the English has', (code, english) => {
    const { title, cure, ...more } = entries.get(code) ?? { title: '', cure: '' };
    expect(more).toEqual({});
    expect(title).toMatch(/[а-яё]{3}/i);
    expect(title).not.toMatch(/\.$/);
    expect(cure).toMatch(/[а-яё]{3}.*\.$/i);
    const names: string[] = english.cure.match(verbatim) ?? [];
    expect(names.filter((name) => !cure.replace(/[«»]/g, '"').includes(name))).toEqual([]);
  });
});

describe('an error in the studio', () => {
  const refused = new ApiProblem(404, {
    code: 'NOT_FOUND',
    title: 'There is no such thing',
    detail: 'no contact has the id "x"',
    cure: 'Check the address',
  });

  it('speaks the language of the reader, above what the API says of it', async () => {
    expect(explain(refused, await speaking('ru'))).toEqual({
      title: 'Такого здесь нет',
      detail: 'no contact has the id "x"',
      cure: 'Проверьте адрес и id; в общем списке видно, что существует.',
    });
    const { title, cure } = catalogue.NOT_FOUND;
    expect(explain(refused, await speaking('en'))).toMatchObject({ title, cure });
  });

  it('keeps the braces that a cure speaks of', async () => {
    for (const language of ['en', 'ru'] as const)
      expect(errorText('TEMPLATE_VARIABLE_MISSING', 'cure', await speaking(language))).toContain('{{#if}}');
  });

  it('says what is known of a code that the catalogue does not have', async () => {
    const t = await speaking('ru');
    expect(errorText('BREWING', 'title', t)).toBe('');
    const teapot = { code: 'BREWING', title: 'A teapot', cure: 'Ask for tea.' };
    expect(explain(new ApiProblem(418, teapot), t)).toEqual({
      title: 'A teapot',
      detail: 'HTTP 418',
      cure: 'Ask for tea.',
    });
    expect(explain(new ApiProblem(502, {}), t)).toEqual({ title: 'Не получилось', detail: 'HTTP 502', cure: '' });
    expect(explain(new TypeError('Failed to fetch'), t).detail).toBe('Сервер не отвечает. Он запущен?');
  });
});
