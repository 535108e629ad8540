import { model, Schema } from 'mongoose';

/** A cohort whose workflow is to be started: written with its instances in one transaction, gone when the workflow is there. */
export interface CohortDoc {
  /** The workflow's id. Ids grow with the time of their making within one definition. */
  _id: string;
  /** What the workflow starts with, as JSON text: nobody looks into it. */
  entrants: string;
}

const schema: Schema = new Schema(
  { _id: String, entrants: { type: String, required: true } },
  { collection: 'cohorts', strict: 'throw', versionKey: false },
);

export const Cohorts = model<CohortDoc>('Cohort', schema);
