import { type Pipeline, pipelineSchema } from '../../engine/schema/index.ts';

const tell = [{ id: 'tell', type: 'notify-user', to: { role: 'sales-lead' }, text: 'It stands still' }];
const deadline = { within: 'P5D', steps: tell };

/** Stages, guards and deadlines as in the B2B pipeline that ships, and guards of every kind; nothing moves by itself. */
export const pipeline: Pipeline = pipelineSchema.parse({
  kind: 'pipeline',
  key: 'bench-pipeline',
  name: 'Sales',
  stages: [
    { key: 'new', name: 'New', deadline },
    {
      key: 'qualified',
      name: 'Qualified',
      deadline,
      guards: [
        { id: 'owner', fields: ['deal.owner'], message: 'Somebody must own the deal.' },
        { id: 'reachable', when: 'has(contact.email) || has(contact.phone)', message: 'Nobody can be reached.' },
      ],
    },
    {
      key: 'proposal',
      name: 'Proposal',
      deadline,
      guards: [{ id: 'amount', fields: ['deal.amount'], message: 'Say how much the deal is worth.' }],
    },
    {
      key: 'contract',
      name: 'Contract',
      deadline,
      guards: [{ id: 'seller', roles: ['sales'], message: 'For sellers only.' }],
    },
    { key: 'payment', name: 'Payment', deadline },
  ],
  won: { guards: [{ id: 'priced', when: 'has(deal.amount) && deal.amount > 0', message: 'It has no price.' }] },
});

/** Where a deal goes from the first stage on, one move after the other. */
export const way = [...pipeline.stages.slice(1).map(({ key }) => key), 'won'];
