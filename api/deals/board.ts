import { contactName } from '../../engine/contacts/name.ts';
import { VoronkaError } from '../../engine/errors/error.ts';
import type { Library } from '../../engine/library.ts';
import { stageLimits } from '../../engine/pipeline/limits.ts';
import { effectiveZone } from '../../engine/policy/zone.ts';
import { survivors } from '../../store/contacts.ts';
import { openDealsIn, openTasksOf } from '../../store/deals.ts';
import type { ContactDoc } from '../../store/models/contact.ts';
import type { DealDoc } from '../../store/models/deal.ts';
import { dealAnswerOf } from './show.ts';

/** Most deals that a column shows; its count and sums are of all. */
const columnLength = 200;

export interface BoardFilter {
  /** '' stands for nobody. */
  owner?: string | undefined;
  /** Part of a title, of a number or of a contact's name. */
  search?: string | undefined;
}

/** How likely a deal is won, where that is known already. */
type Chances = (deal: DealDoc) => number | undefined;

/** The stages of a pipeline with their open deals. @throws VoronkaError DEFINITION_NOT_FOUND */
export async function showBoard(key: string, library: Library, filter: BoardFilter, chances: Chances) {
  const pipeline = library.pipelines[key];
  if (pipeline === undefined) throw new VoronkaError('DEFINITION_NOT_FOUND', `there is no pipeline ${key}`);
  const deals = await matching(await openDealsIn(key), filter);
  const known = new Set(pipeline.stages.map((stage) => stage.key));
  // A stage that a later version took out keeps its deals until somebody moves them.
  const gone = [...new Set(deals.map(({ stage }) => stage))].filter((stage) => !known.has(stage));
  const columns = [...pipeline.stages, ...gone.map((stage) => ({ key: stage, name: stage, guards: [] }))];
  const stages = columns.map((stage) => {
    const own = deals.filter((deal) => deal.stage === stage.key);
    return { stage, count: own.length, sums: sums(own), shown: own.slice(0, columnLength) };
  });
  const shown = stages.flatMap((stage) => stage.shown);
  const [contacts, tasks] = await Promise.all([
    survivors(shown.map(({ contactId }) => contactId)),
    openTasksOf(shown.map(({ _id }) => _id)),
  ]);
  const { name, lostReasons } = pipeline;
  return {
    key,
    name,
    lostReasons,
    stages: stages.map(({ stage, count, sums, shown }) => ({
      key: stage.key,
      name: stage.name,
      count,
      sums,
      deals: shown.map((doc) => {
        const contact = contacts.get(doc.contactId);
        const openTasks = tasks.get(doc._id) ?? 0;
        const zone = effectiveZone({ timezone: contact?.timezone }, 'contact', library.policy).zone;
        const times = { stageSince: doc.stageSince.getTime(), activityAt: doc.activityAt.getTime(), openTasks };
        const probability = chances(doc);
        const { due, idle } = stageLimits(stage, times, { calendars: library.calendars, zone });
        return {
          ...dealAnswerOf(doc, contact),
          openTasks,
          ...(due !== undefined && { due: new Date(due) }),
          ...(idle !== undefined && { idle: new Date(idle) }),
          ...(probability !== undefined && { probability }),
        };
      }),
    })),
  };
}

async function matching(deals: DealDoc[], { owner, search = '' }: BoardFilter): Promise<DealDoc[]> {
  const owned = owner === undefined ? deals : deals.filter((deal) => (deal.owner ?? '') === owner);
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return owned;
  const contacts = await survivors(owned.map(({ contactId }) => contactId));
  return owned.filter((deal) => wordsOf(deal, contacts.get(deal.contactId)).some((text) => text.includes(wanted)));
}

function wordsOf({ title, number }: DealDoc, contact: ContactDoc | undefined): string[] {
  const names = contact === undefined ? [] : [contactName(contact), contact.company, contact.email];
  return [title, `#${number}`, ...names].flatMap((text) => text?.toLowerCase() ?? []);
}

/** By currency, to the hundredth. */
function sums(deals: readonly DealDoc[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { amount = 0, currency } of deals) found[currency] = (found[currency] ?? 0) + Math.round(amount * 100);
  return Object.fromEntries(Object.entries(found).map(([currency, hundredths]) => [currency, hundredths / 100]));
}
