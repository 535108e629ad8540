import { useTranslation } from 'react-i18next';

/** Why something was skipped, held or refused, in words: `suppressed:bounced` → "The address is blocked: bounced". */
export function useReason(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => {
    const [code = '', detail] = reason.split(':');
    const text = t(`reason.${code}`, { defaultValue: code });
    return detail === undefined ? text : `${text}: ${t(`reason.${detail}`, { defaultValue: detail })}`;
  };
}
