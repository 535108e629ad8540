import type { SubjectRef } from '../../engine/model/state.ts';
import { Contacts } from '../../store/models/contact.ts';
import { Users } from '../../store/models/user.ts';

interface About {
  item: { subject: SubjectRef };
}

/** Owner by contact id; contacts without one are absent. */
export async function ownersOf(effects: readonly About[]): Promise<Map<string, string>> {
  if (effects.length === 0) return new Map();
  const ids = new Set(effects.map(({ item }) => item.subject.contactId));
  const contacts = await Contacts.find({ _id: { $in: [...ids] } }, { owner: 1 }).lean();
  return new Map(contacts.flatMap(({ _id, owner }) => (owner === undefined ? [] : [[_id, owner]])));
}

/** Active users by role. */
export async function activeByRole(roles: ReadonlySet<string>): Promise<Map<string, string[]>> {
  const byRole = new Map<string, string[]>();
  if (roles.size === 0) return byRole;
  const users = await Users.find({ role: { $in: [...roles] }, active: true }, { role: 1 })
    .sort({ _id: 1 })
    .lean();
  for (const { _id, role } of users) byRole.set(role, [...(byRole.get(role) ?? []), _id]);
  return byRole;
}
