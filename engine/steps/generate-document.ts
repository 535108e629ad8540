import { z } from 'zod';
import { documentContent } from '../documents/request.ts';
import type { Json } from '../json.ts';
import { condition, identifier, key, language } from '../schema/common.ts';
import { defineStep, type Evaluated, type Reaction, type StepBase, type StepOf, type Visit } from './define.ts';
import { failure } from './failure.ts';
import { computable, computeAll, computedExpressions } from './fields.ts';

const params = {
  template: key.describe('A folder under `templates/documents/`.'),
  language: language.optional().describe("Default: the contact's."),
  items: z
    .strictObject({ cel: condition })
    .optional()
    .describe('The lines: a list of `{ name, quantity, unit?, price, tax? }`. Default: the items of the deal.'),
  currency: z.union([z.string().length(3), z.strictObject({ cel: condition })]).optional(),
  taxIncluded: z
    .boolean()
    .optional()
    .describe('Prices hold the tax already. Default: not those of a deal, those of `items` do.'),
  data: z.record(identifier, computable).default({}).describe('Values of the fields that the template declares.'),
  into: identifier.describe('`vars.<into>` becomes `{ id, number, sha256, gross, currency }`.'),
};

type GenerateDocument = StepOf<typeof params>;

/** Whether a step makes a document. */
export function makesDocument(step: StepBase): step is GenerateDocument {
  return step.type === 'generate-document';
}

export const generateDocument = defineStep({
  type: 'generate-document',
  summary: 'Makes a proposal, a contract or an invoice of the subject, with its number.',
  group: 'people',
  params,
  exits: () => ['done'],
  effects: ['generate-document'],
  provides: ({ into }) => [into],
  references: ({ template }) => [{ kind: 'template', key: `document/${template}`, path: ['template'] }],
  expressions: ({ items, currency, data }) => [
    ...(items === undefined ? [] : [{ text: items.cel, path: ['items', 'cel'], yields: 'any' as const }]),
    ...computedExpressions(currency === undefined ? {} : { currency }, []),
    ...computedExpressions(data, ['data']),
  ],
  enter(visit): Reaction {
    const { step, state, context } = visit;
    const data = computeAll(visit, step.data);
    if (!data.ok) return { do: 'fail', error: data.error };
    const lines = linesOf(visit);
    if (!lines.ok) return { do: 'fail', error: lines.error };
    const content = documentContent.safeParse({
      template: step.template,
      ...(step.language !== undefined && { language: step.language }),
      ...lines.value,
      data: data.value,
    });
    if (!content.success) return { do: 'fail', error: failure('DOCUMENT_DATA_INVALID', mistakes(content.error)) };
    const item = {
      subject: state.subject,
      content: content.data,
      ...(context.deal !== undefined && { deal: context.deal }),
    };
    const detail = { template: step.template, read: { ...data.read, ...lines.read } };
    return { do: 'perform', effect: { name: 'generate-document', item }, detail };
  },
  on({ step }, signal): Reaction {
    if (signal.type !== 'performed') return { do: 'stay' };
    const { document = null } = signal.result;
    return { do: 'leave', exit: 'done', as: 'performed', vars: { [step.into]: document }, detail: { document } };
  },
});

/** Items and currency, as the step says or as the deal has them. */
function linesOf(visit: Visit<GenerateDocument>): Evaluated<Record<string, Json>> {
  const { items, currency, taxIncluded } = visit.step;
  const { deal } = visit.context;
  const computed = computeAll(visit, {
    ...(items !== undefined && { items }),
    ...(currency !== undefined && { currency }),
  });
  if (!computed.ok) return computed;
  const value = {
    ...(deal?.items !== undefined && { items: deal.items }),
    ...(deal?.currency !== undefined && { currency: deal.currency }),
    ...computed.value,
    taxIncluded: taxIncluded ?? (items !== undefined || deal === undefined),
  };
  return { ...computed, value };
}

function mistakes({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
