import { intakeItem } from '../../delivery/intake/items.ts';
import type { PerformEffect } from './effect.ts';
import { applyThroughIntake } from './intake.ts';

/** Puts a contact into a segment or takes it out; entering and leaving are events. */
export const changeSegment: PerformEffect<'change-segment'> = (effects, deps) =>
  applyThroughIntake(
    effects.map(({ key, item }) => intakeItem('segment', key, item, 'engine')),
    deps,
  );
