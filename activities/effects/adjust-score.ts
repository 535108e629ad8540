import { intakeItem } from '../../delivery/intake/items.ts';
import type { PerformEffect } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Adds an entry to the contact's score ledger; its class follows. */
export const adjustScore: PerformEffect<'adjust-score'> = (effects, deps) =>
  applyThroughIntake(
    effects.map(({ key, item }) => intakeItem('score', key, item, 'engine')),
    deps,
  );
