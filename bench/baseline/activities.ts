import { isDuplicate } from '../../store/duplicates.ts';
import { Notifications } from '../../store/models/record.ts';

export interface Line {
  contactId: string;
  step: string;
  text: string;
}

/** Puts a line into an inbox, once: a second attempt finds it by its key. */
export async function notifyUser({ contactId, step, text }: Line): Promise<void> {
  try {
    const user = 'anna';
    await Notifications.create({
      _id: `${contactId}/${step}/${user}`,
      user,
      contactId,
      text,
      process: 'bench-journey',
      at: new Date(),
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}
