import { z } from 'zod';
import { documentFormats } from '../model/document.ts';
import type { SendMessageItem } from '../model/effects.ts';
import { identifier } from '../schema/common.ts';
import { defineStep, type Evaluated, type Reaction, type StepBase, type StepOf, type Visit } from './define.ts';
import { madeDocument } from './made-document.ts';
import { answered, attempt, sendingParams, sendingReferences } from './sending.ts';

const params = {
  ...sendingParams,
  channel: z.literal('email').default('email'),
  document: identifier.describe('The `into` of the generate-document step whose document goes along.'),
  format: z.enum(documentFormats).default('pdf').describe('`docx` where the template has a Word version.'),
};

type SendDocument = StepOf<typeof params>;

/** Whether a step mails a document. */
export function sendsDocument(step: StepBase): step is SendDocument {
  return step.type === 'send-document';
}

export const sendDocument = defineStep({
  type: 'send-document',
  summary: 'Mails a document to its contact as an attachment. One that was voided or superseded meanwhile is not sent.',
  group: 'messages',
  params,
  exits: () => ['sent', 'skipped'],
  effects: ['send-message'],
  references: sendingReferences,
  enter: send,
  on: (visit, signal) => (signal.type === 'due' ? send(visit) : (answered(visit, signal) ?? { do: 'stay' })),
});

function send(visit: Visit<SendDocument>): Reaction {
  return attempt(visit, () => attached(visit));
}

function attached(visit: Visit<SendDocument>): Evaluated<Pick<SendMessageItem, 'document' | 'format'>> {
  const { document, format } = visit.step;
  const made = madeDocument(visit, document);
  return made.ok ? { ...made, value: { document: made.value.id, format } } : made;
}
