import { isObject } from '../../../engine/json.ts';
import type { DomainEvent } from '../../../engine/model/event.ts';
import { isMoneyEvent } from '../../../engine/model/money.ts';
import { changed } from '../arrival.ts';
import { dealEvent } from '../deals/telling.ts';
import { follows, type Happening } from '../happening.ts';
import type { Person } from '../person.ts';
import type { MoneyDesk } from './aim.ts';
import { saysMoney } from './data.ts';
import { recount } from './recount.ts';
import { takeMoney } from './take.ts';

/** Books an event that is about orders or payments, makes one contact of two, or gives a deal another currency. @returns what is told of it */
export function bookMoney(
  person: Person,
  { event, depth }: { event: DomainEvent; depth: number },
  desk: MoneyDesk,
): Happening[] {
  const { name } = event;
  if (name === 'contact.merged' || changesCurrency(event)) return tellRecount(person, event, depth, desk);
  if (!isMoneyEvent(name) || !saysMoney(event.data)) return [];
  const refused = takeMoney(name, { person, event }, desk);
  const told = refused === null ? [] : [problem(event, refused, depth)];
  return refused?.booked === false ? told : [...told, ...tellRecount(person, event, depth, desk)];
}

function changesCurrency({ name, data: { changes } }: DomainEvent): boolean {
  if (name !== 'deal.changed' || !Array.isArray(changes)) return false;
  return changes.some((change) => isObject(change) && change.field === 'currency');
}

function tellRecount(person: Person, event: DomainEvent, depth: number, desk: MoneyDesk): Happening[] {
  const { deals, problems } = recount(person, desk);
  return [
    ...problems.map((one) => problem(event, { ...one.problem, booked: true, payment: one.doc._id }, depth)),
    ...deals.map(({ file, from, to }) => {
      const changes = changed([{ field: 'paid', from, to }]);
      return dealEvent('deal.changed', { file, person, by: 'system' }, { ...changes, why: event.name }, depth + 1);
    }),
  ];
}

/** `event` is the id of the one that cannot be booked, or that brought the problem to light. */
function problem(
  { id, name }: DomainEvent,
  { code, message, booked, payment }: { code: string; message: string; booked: boolean; payment?: string },
  depth: number,
): Happening {
  const data = { event: id, name, code, message, booked, ...(payment !== undefined && { payment }) };
  return follows('money.problem', data, depth + 1);
}
