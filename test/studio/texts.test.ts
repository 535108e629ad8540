import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../config/root.ts';
import enDeals from '../../texts/en.deals.json' with { type: 'json' };
import enForecast from '../../texts/en.forecast.json' with { type: 'json' };
import enPages from '../../texts/en.json' with { type: 'json' };
import enMoney from '../../texts/en.money.json' with { type: 'json' };
import enWords from '../../texts/en.vocabulary.json' with { type: 'json' };
import ruDeals from '../../texts/ru.deals.json' with { type: 'json' };
import ruForecast from '../../texts/ru.forecast.json' with { type: 'json' };
import ruPages from '../../texts/ru.json' with { type: 'json' };
import ruMoney from '../../texts/ru.money.json' with { type: 'json' };
import ruWords from '../../texts/ru.vocabulary.json' with { type: 'json' };

interface Texts {
  [key: string]: string | Texts;
}

const en: Texts = { ...enPages, ...enDeals, ...enForecast, ...enMoney, ...enWords };
const ru: Texts = { ...ruPages, ...ruDeals, ...ruForecast, ...ruMoney, ...ruWords };
const pluralForm = /_(zero|one|two|few|many|other)$/;

function keysOf(texts: Texts, path = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [path + key] : keysOf(value, `${path}${key}.`),
  );
}

/** Keys without plural forms, and the forms of each. */
function grouped(texts: Texts): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const key of keysOf(texts)) {
    const form = pluralForm.exec(key)?.[1] ?? '';
    const base = key.replace(pluralForm, '');
    groups.set(base, (groups.get(base) ?? new Set()).add(form));
  }
  return groups;
}

const sources = readdirSync(join(packageRoot, 'studio', 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(packageRoot, 'studio', 'src', file), 'utf8'))
  .join('\n');

describe('the catalogue of texts', () => {
  it('has the same keys in both languages, with the plural forms that each needs', () => {
    const [english, russian] = [grouped(en), grouped(ru)];
    expect([...russian.keys()]).toEqual([...english.keys()]);
    for (const [key, forms] of english) {
      if (forms.has('')) continue;
      expect([...forms].sort(), key).toEqual(['one', 'other']);
      expect([...(russian.get(key) ?? [])].sort(), key).toEqual(['few', 'many', 'one', 'other']);
    }
  });

  it('has every key that the studio names, and none that it does not', () => {
    const known = grouped(en);
    const sections = Object.keys(en).join('|');
    const named = [...sources.matchAll(new RegExp(`['"]((?:${sections})\\.[a-zA-Z-]+)['"]`, 'g'))].map(
      ([, key]) => key,
    );
    expect(named.filter((key) => key !== undefined && !known.has(key))).toEqual([]);
    // `status.${…}`: a section, or the beginning of its keys, that values from elsewhere complete.
    const completed = [...sources.matchAll(/`([a-zA-Z]+\.[a-zA-Z-]*)\$\{/g)].map(([, start = '']) => start);
    // Named by their section alone; the public pages read theirs as a whole.
    const vocabularies = ['step.', 'purpose.', 'subscription.', 'survey.', 'link.'];
    const spoken = (key: string) =>
      named.includes(key) || [...completed, ...vocabularies].some((start) => key.startsWith(start));
    expect([...known.keys()].filter((key) => !spoken(key))).toEqual([]);
  });
});
