import type { TFunction } from 'i18next';
import { ApiProblem } from '../api/client.ts';

/** An error in the reader's words. `fetch` throws a TypeError when nobody answers. */
export function explain(error: Error, t: TFunction): { message: string; cure: string } {
  if (error instanceof ApiProblem) return { message: error.message, cure: error.cure };
  if (error instanceof TypeError && /fetch|network/i.test(error.message))
    return { message: t('common.offline'), cure: '' };
  return { message: error.message, cure: '' };
}
