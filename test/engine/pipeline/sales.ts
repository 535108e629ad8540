import type { DealView } from '../../../engine/model/deal.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import type { MoveScene } from '../../../engine/pipeline/move.ts';
import { type Pipeline, pipelineSchema } from '../../../engine/schema/index.ts';
import { ghostContact } from '../../../engine/simulate/contact.ts';

/** Monday 2026-03-02, 09:00 UTC. */
export const monday = Date.UTC(2026, 2, 2, 9);

export function pipeline(parts: object = {}): Pipeline {
  return pipelineSchema.parse({
    kind: 'pipeline',
    key: 'sales',
    name: 'Sales',
    stages: [
      { key: 'new', name: 'New' },
      { key: 'offer', name: 'Offer', guards: [{ id: 'amount', fields: ['deal.amount'], message: 'Say how much.' }] },
      {
        key: 'contract',
        name: 'Contract',
        guards: [
          { id: 'head', roles: ['head'], message: { en: 'The head decides.', ru: 'Решает руководитель.' } },
          { id: 'large', when: 'deal.amount >= 100', message: 'Too small.' },
        ],
      },
    ],
    won: { guards: [{ id: 'phone', fields: ['contact.phone'], message: 'Whom do we call?' }] },
    lostReasons: [{ key: 'price', name: 'Too dear' }],
    ...parts,
  });
}

export function deal(parts: Partial<DealView> = {}): DealView {
  return {
    id: 'deal',
    number: 1,
    title: 'A deal',
    contactId: 'contact',
    pipeline: 'sales',
    stage: 'new',
    status: 'open',
    currency: 'RUB',
    paid: 0,
    items: [],
    attributes: {},
    createdAt: monday,
    stageSince: monday,
    activityAt: monday,
    ...parts,
  };
}

export function scene(parts: Partial<MoveScene> = {}): MoveScene {
  return { contact: { ...contact }, calendars: {}, now: monday + 3_600_000, ...parts };
}

export const { contact } = ghostContact({}, monday);

export function happened(name: string, data: DomainEvent['data'] = {}): DomainEvent {
  return { id: name, name, occurredAt: monday, seq: 1, data };
}
