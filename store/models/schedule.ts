import { model, Schema } from 'mongoose';

/** When something that repeats is due next. */
export interface ScheduleDoc {
  /** `daily`, `retention`, or `<process>/<number of the trigger>/<rule>`: a changed rule is another schedule. */
  _id: string;
  /** Virtual time; of `retention` real time. */
  nextRunAt: Date;
}

const schema: Schema = new Schema(
  { _id: String, nextRunAt: { type: Date, required: true } },
  { collection: 'schedules', strict: 'throw', versionKey: false },
);

export const Schedules = model<ScheduleDoc>('Schedule', schema);
