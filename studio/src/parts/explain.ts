import type { TFunction } from 'i18next';
import { ApiProblem } from '../api/client.ts';

export interface Explanation {
  title: string;
  /** What exactly happened, in the words of whoever noticed: the API speaks English. */
  detail: string;
  /** Empty where nobody knows one. */
  cure: string;
}

/** An error in the reader's language. `fetch` throws a TypeError when nobody answers. */
export function explain(error: Error, t: TFunction): Explanation {
  if (error instanceof ApiProblem) {
    return {
      title: errorText(error.code, 'title', t) || error.title || t('common.failed'),
      detail: error.message,
      cure: errorText(error.code, 'cure', t) || error.cure,
    };
  }
  const offline = error instanceof TypeError && /fetch|network/i.test(error.message);
  return { title: t('common.failed'), detail: offline ? t('common.offline') : error.message, cure: '' };
}

/** What an error's code means, or what to do about it; empty for a code that the catalogue does not have. */
export function errorText(code: string, part: 'title' | 'cure', t: TFunction): string {
  // As it stands: a cure may speak of the `{{#if}}` of a template.
  return t(`error.${code}.${part}`, { defaultValue: '', skipInterpolation: true });
}
