import { intakeItem } from '../../delivery/intake/items.ts';
import type { PerformEffect } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Sets fields of the subject's contact. What changes is a `contact.changed` event for everybody who watches. */
export const updateRecord: PerformEffect<'update-record'> = (effects, deps) =>
  applyThroughIntake(
    effects.map(({ key, instance, item }) =>
      intakeItem('change', key, { contactId: item.subject.contactId, set: item.set, by: instance }, 'engine'),
    ),
    deps,
  );
