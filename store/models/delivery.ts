import { model, Schema } from 'mongoose';
import type { Control, DomainEvent } from '../../engine/model/event.ts';

/** A domain event or a control on its way to one instance; sent to the workflow in order of `_id`, then marked. */
export interface DeliveryDoc {
  /** `event id/instance`, so that it exists once. */
  _id: string;
  /** Sorts deliveries of one instance: the event's seq, or the control's own. */
  order: number;
  instance: string;
  event?: DomainEvent;
  control?: Control;
  status: 'pending' | 'sent' | 'dropped';
  createdAt: Date;
}

const schema: Schema = new Schema(
  {
    _id: String,
    order: { type: Number, required: true },
    instance: { type: String, required: true },
    event: Schema.Types.Mixed,
    control: Schema.Types.Mixed,
    status: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'deliveries', strict: 'throw', minimize: false, versionKey: false },
);
schema.index({ status: 1, createdAt: 1, order: 1 });
schema.index({ instance: 1, order: 1 });

export const Deliveries = model<DeliveryDoc>('Delivery', schema);
