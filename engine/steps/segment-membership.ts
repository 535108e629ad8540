import { key } from '../schema/common.ts';
import { defineStep, type Reaction, type Reference } from './define.ts';

const params = { segment: key };

const references = ({ segment }: { segment: string }): Reference[] => [
  { kind: 'segment', key: segment, path: ['segment'] },
];

function change(contactId: string, segment: string, how: 'add' | 'remove'): Reaction {
  const effect = { name: 'change-segment' as const, item: { contactId, segment, change: how } };
  return { do: 'perform', effect, detail: { segment } };
}

export const addToSegment = defineStep({
  type: 'add-to-segment',
  summary: 'Makes the contact a member of a segment.',
  group: 'contact',
  params,
  exits: () => ['done'],
  effects: ['change-segment'],
  references,
  enter: ({ step, state }) => change(state.subject.contactId, step.segment, 'add'),
});

export const removeFromSegment = defineStep({
  type: 'remove-from-segment',
  summary: "Ends the contact's membership of a segment.",
  group: 'contact',
  params,
  exits: () => ['done'],
  effects: ['change-segment'],
  references,
  enter: ({ step, state }) => change(state.subject.contactId, step.segment, 'remove'),
});
