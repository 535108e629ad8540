import { type SurveyKind, surveyScales } from '../../engine/model/survey.ts';
import { findIntake } from '../../store/intake.ts';
import type { IntakeItem } from '../../store/models/intake.ts';
import { intakeDoc, intakeItem } from '../intake/items.ts';
import { submitIntake } from '../intake/submit.ts';
import type { SurveyToken } from './links.ts';
import type { TrackingDeps } from './record.ts';

/** The mark as a form sends it, or null when it is not on the scale. */
export function readMark(kind: SurveyKind, text: unknown): number | null {
  const mark = typeof text === 'string' && /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  const { from, to } = surveyScales[kind];
  return mark >= from && mark <= to ? mark : null;
}

/** Whether the message's question was answered before. */
export async function isAnswered(token: SurveyToken): Promise<boolean> {
  return (await findIntake(answerId(token))) !== null;
}

/**
 * Takes a mark: the event `survey.answered` of the contact, with `survey`, `mark` and `comment`, tied to the message that asked; on
 * the ticket and in the contact's attribute of the survey's name as well. The first answer to a message counts.
 */
export async function answerSurvey(
  token: SurveyToken,
  answer: { mark: number; comment: string },
  { clock, queues }: TrackingDeps,
): Promise<void> {
  const id = answerId(token);
  await submitIntake(queues.intake, [intakeDoc(id, [itemOf(id, token, answer)], clock.now())]);
}

function itemOf(
  id: string,
  { kind, contactId, ticket, message }: SurveyToken,
  { mark, comment }: { mark: number; comment: string },
): IntakeItem {
  const said = { mark, ...(comment !== '' && { comment }) };
  if (ticket !== undefined) {
    const rate = { do: 'rate' as const, ticketId: ticket, by: 'customer' as const, survey: kind, of: message, ...said };
    return intakeItem('ticket', id, rate, 'delivery');
  }
  const event = { contactId, event: 'survey.answered', data: { survey: kind, ...said }, message };
  return intakeItem('event', id, { ...event, contact: { attributes: { [kind]: mark } } }, 'delivery');
}

function answerId({ message }: SurveyToken): string {
  return `survey/${message}`;
}
