import type { Entrant, TurnResult } from '../../activities/contract.ts';
import { intoCohorts } from '../../delivery/intake/cohorts.ts';
import { newContact } from '../../delivery/intake/person.ts';
import { contentHash } from '../../engine/hash.ts';
import type { Json } from '../../engine/json.ts';
import type { DomainEvent } from '../../engine/model/event.ts';
import type { DefinitionRef, Instance } from '../../engine/model/state.ts';
import { definitionSchema } from '../../engine/schema/index.ts';
import { publishVersion } from '../../store/definitions.ts';
import { newId } from '../../store/id.ts';
import { Cohorts } from '../../store/models/cohort.ts';
import { type ContactDoc, Contacts } from '../../store/models/contact.ts';
import { type InstanceDoc, Instances } from '../../store/models/instance.ts';

/** Publishes a definition of any kind, as the API would after its checks. */
export async function publish(json: unknown): Promise<DefinitionRef> {
  const definition = definitionSchema.parse(json);
  const { kind, key } = definition;
  const body = JSON.parse(JSON.stringify(definition));
  return await publishVersion({ kind, key, hash: contentHash(definition), body, by: 'test', now: Date.now() });
}

export async function insertContact(id: string, fields: Partial<ContactDoc> = {}): Promise<string> {
  const contact = {
    ...newContact(id, Date.now()),
    consent: { email: 'granted' as const, sms: 'granted' as const },
    seq: 1,
  };
  await Contacts.db.collection<ContactDoc>('contacts').insertOne({ ...contact, ...fields });
  return id;
}

export function event(name: string, seq: number, occurredAt: number, data: Record<string, Json> = {}): DomainEvent {
  return { id: `${name}-${seq}`, name, occurredAt, seq, data };
}

/** Temporal outlives the databases of tests, and names workflows after instances: an id must not come twice. */
export function uniquely(name: string): string {
  return `${name}-${newId()}`;
}

/** An instance of a contact, named after it. */
export function entrant(contact: string, definition: DefinitionRef, now: number): Entrant {
  const subject = { kind: 'contact' as const, id: contact, contactId: contact };
  return { id: `i-${contact}`, definition, subject, trigger: event('test.started', 1, now), vars: {} };
}

/** The states that a turn gives its workflow to remember. */
export function remembered({ hosted }: TurnResult): Instance[] {
  return hosted.map(({ state }) => JSON.parse(state));
}

/** What the intake writes when it lets people in, into cohorts or a workflow that the test names and starts. */
export async function insertInstances(entrants: readonly Entrant[], workflowId?: string): Promise<void> {
  const docs = entrants.map(({ id, ...rest }): InstanceDoc => {
    const at = new Date(rest.trigger.occurredAt);
    return {
      ...rest,
      _id: id,
      process: rest.definition.key,
      contactId: rest.subject.contactId,
      entryKey: '',
      status: 'starting',
      ...(workflowId !== undefined && { workflowId }),
      at: [],
      incidents: [],
      startedAt: at,
      updatedAt: at,
    };
  });
  const { instances, cohorts } = workflowId === undefined ? intoCohorts(docs) : { instances: docs, cohorts: [] };
  await Instances.insertMany(instances);
  await Cohorts.insertMany(cohorts);
}
