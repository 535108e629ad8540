import { useTranslation } from 'react-i18next';
import type { Forecast } from '../api/forecast.ts';
import { monthText, type Span } from './numbers.ts';

/** Values in the address that are no keys of users. */
export const everybody = '@all';
export const nobody = '@nobody';

/** What rows and columns are called. */
export function useNames({ currencies }: Pick<Forecast, 'currencies'>) {
  const { t, i18n } = useTranslation();
  const owners = new Map(currencies.flatMap(({ owners }) => owners.map(({ owner, name }) => [owner, name])));
  return {
    owner(key: string): string {
      if (key === everybody) return t('forecast.everybody');
      return key === nobody ? t('forecast.nobody') : (owners.get(key) ?? key);
    },
    span(span: Span): string {
      if ('index' in span) return monthText(span.month, i18n.language);
      return t(span.month === 'later' ? 'forecast.later' : 'forecast.total');
    },
  };
}
