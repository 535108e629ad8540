import mongoose from 'mongoose';
import { Tasks } from '../../store/models/task.ts';

export interface TaskOrder {
  contactId: string;
  step: string;
  title: string;
}

/** Makes a task, once: a second attempt finds it by its key. */
export async function createTask({ contactId, step, title }: TaskOrder): Promise<void> {
  try {
    const now = new Date();
    await Tasks.create({
      _id: `${contactId}/${step}`,
      subject: { kind: 'contact', id: contactId, contactId },
      contactId,
      title,
      assignee: 'anna',
      status: 'open',
      process: 'bench-journey',
      createdBy: 'api',
      createdAt: now,
      updatedAt: now,
    });
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError && error.code === 11000)) throw error;
  }
}
