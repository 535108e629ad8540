export const surveyKinds = ['csat', 'nps'] as const;
export type SurveyKind = (typeof surveyKinds)[number];

/**
 * The scale of each kind. CSAT: 1 to 5, content from 4 on. NPS: 0 to 10, promoters from 9 on, detractors up to 6 (Reichheld, "The One
 * Number You Need to Grow", 2003).
 */
export const surveyScales: Record<SurveyKind, { from: number; to: number; lowUpTo: number }> = {
  csat: { from: 1, to: 5, lowUpTo: 2 },
  nps: { from: 0, to: 10, lowUpTo: 6 },
};
