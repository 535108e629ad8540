import { z } from 'zod';
import { surveyKinds } from '../model/survey.ts';
import { defineStep, type Reaction, type StepOf, type Visit } from './define.ts';
import { answered, attempt, sendingParams, sendingReferences } from './sending.ts';

const params = {
  ...sendingParams,
  survey: z
    .enum(surveyKinds)
    .describe('`csat`: how content with the answer, 1 to 5; `nps`: whether they would recommend the company, 0 to 10.'),
};

export const sendSurvey = defineStep({
  type: 'send-survey',
  summary: 'Asks for a mark by a signed link in a message; the answer comes as the event `survey.answered`.',
  group: 'messages',
  params,
  exits: () => ['sent', 'skipped'],
  effects: ['send-message'],
  gives: ['surveyUrl'],
  references: sendingReferences,
  enter: ask,
  on: (visit, signal) => (signal.type === 'due' ? ask(visit) : (answered(visit, signal) ?? { do: 'stay' })),
});

/** The ticket that the process is about, or the one that its trigger names, goes along. */
function ask(visit: Visit<StepOf<typeof params>>): Reaction {
  const { step, state } = visit;
  const told = state.trigger.data.ticket ?? null;
  const named = typeof told === 'object' && told !== null && 'id' in told ? told.id : undefined;
  const ticket = state.subject.kind === 'ticket' ? state.subject.id : named;
  const survey = { kind: step.survey, ...(typeof ticket === 'string' && { ticket }) };
  return attempt(visit, () => ({ ok: true, value: { survey } }));
}
