import { useTranslation } from 'react-i18next';
import type { StepBase } from '../../../engine/steps/define.ts';
import { inLanguage } from '../parts/localized.ts';

/** What a step is called: its own name, else that of its type. */
export function useStepName(): (step: StepBase) => string {
  const { t, i18n } = useTranslation();
  return (step) => (step.name === undefined ? t(`step.${step.type}`, step.type) : inLanguage(step.name, i18n.language));
}
