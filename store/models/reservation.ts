import { model, Schema } from 'mongoose';

/** What a choice gave to somebody and the intake has not written yet: it counts as theirs until then. */
export interface ReservationDoc {
  /** Effect key. */
  _id: string;
  /** User key. */
  user: string;
  kind: 'contact' | 'ticket';
  /** Id of the contact or the ticket. */
  subject: string;
}

const schema: Schema = new Schema(
  {
    _id: String,
    user: { type: String, required: true },
    kind: { type: String, required: true },
    subject: { type: String, required: true },
  },
  { collection: 'reservations', strict: 'throw', versionKey: false },
);

export const Reservations = model<ReservationDoc>('Reservation', schema);
