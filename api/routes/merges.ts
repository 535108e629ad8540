import { z } from 'zod';
import { intakeItem } from '../../delivery/intake/items.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import { newId } from '../../store/id.ts';
import { madeSince, standingMerges, undoneMerge } from '../../store/merges.ts';
import { contactOf } from '../answers.ts';
import { type Route, route } from '../route.ts';
import { contactAnswer, time } from '../shapes.ts';
import { by, change, findContact } from './contacts.ts';

const id = z.string().min(1).max(200);

export const undoneMergeAnswer = z.object({
  contact: contactAnswer.describe('the one that survived the merge'),
  restored: contactAnswer,
  stayed: z
    .object({
      since: time.describe('the merge'),
      fields: z.array(z.string()).describe('filled by the merge and changed since'),
      events: z.number(),
      instances: z.number(),
      messages: z.number(),
      tasks: z.number(),
    })
    .describe('what stays with the surviving contact'),
});

export const mergeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/contacts/{id}/merges/{absorbed}/undo',
    tag: 'Contacts',
    summary: 'Make two contacts of a merged one again',
    description:
      '`absorbed` is the id of the contact that was merged away, as the merge on the timeline names it. It comes back as it was. ' +
      'What happened after the merge stays with the surviving contact; the answer counts it.',
    params: z.object({ id, absorbed: id }),
    body: z.strictObject({ by }).prefault({}),
    answer: undoneMergeAnswer,
    async handle({ params, body }, deps) {
      const { _id: contactId } = await findContact(params.id);
      const [merge] = await standingMerges([params.absorbed]);
      if (merge === undefined) {
        throw new VoronkaError('NOT_FOUND', `no merge of ${params.absorbed} into ${contactId} is on record`);
      }
      const { absorbed } = merge.detail;
      const made = await madeSince(contactId, merge.at);
      const item = newId();
      const source = `person:${body.by}`;
      // What follows for the one that comes back is a second item: each is about one contact.
      await change(
        [
          intakeItem('unmerge', item, { contactId, absorbed, by: body.by }, source),
          intakeItem('review', newId(), { contactId: absorbed }, source),
        ],
        deps,
      );
      const [contact, restored, fields] = await Promise.all([
        findContact(contactId),
        findContact(absorbed),
        undoneMerge(item, contactId),
      ]);
      return {
        contact: contactOf(contact),
        restored: contactOf(restored),
        stayed: { since: merge.at, fields, ...made },
      };
    },
  }),
];
