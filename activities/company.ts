import { VoronkaError } from '../engine/errors/error.ts';
import { defaultPolicy } from '../engine/library.ts';
import type { Calendar } from '../engine/schema/calendar.ts';
import { calendarSchema } from '../engine/schema/calendar.ts';
import { type ContactPolicy, contactPolicySchema } from '../engine/schema/contact-policy.ts';
import { type Process, processSchema } from '../engine/schema/index.ts';
import { Definitions, DefinitionVersions } from '../store/models/definition.ts';

/** What holds for the whole company at this moment. */
export interface Company {
  policy: ContactPolicy;
  calendars: Record<string, Calendar>;
}

/** Definitions as decisions need them. A version never changes and is parsed once; what is live is looked up anew after a while. */
export class DefinitionCache {
  readonly #processes = new Map<string, Process>();
  readonly #freshMs: number;
  #company: { loaded: Promise<Company>; at: number } | undefined;

  constructor(freshMs = 2_000) {
    this.#freshMs = freshMs;
  }

  /** @throws VoronkaError DEFINITION_NOT_FOUND, retryable: a version that an instance holds is never deleted. */
  async process(hash: string): Promise<Process> {
    const known = this.#processes.get(hash);
    if (known) return known;
    const version = await DefinitionVersions.findById(hash, { body: 1 }).lean();
    if (version === null) {
      throw new VoronkaError('DEFINITION_NOT_FOUND', `no definition version has the hash ${hash}`, { retryable: true });
    }
    const process = processSchema.parse(version.body);
    this.#processes.set(hash, process);
    return process;
  }

  async company(): Promise<Company> {
    const at = performance.now();
    if (this.#company === undefined || at - this.#company.at > this.#freshMs) {
      const loaded = loadCompany();
      this.#company = { loaded, at };
      loaded.catch(() => {
        this.#company = undefined;
      });
    }
    return await this.#company.loaded;
  }
}

async function loadCompany(): Promise<Company> {
  const heads = await Definitions.find(
    { kind: { $in: ['calendar', 'contact-policy'] }, live: { $exists: true } },
    { live: 1 },
  ).lean();
  const hashes = heads.flatMap(({ live }) => (live ? [live.hash] : []));
  const versions = await DefinitionVersions.find({ _id: { $in: hashes } }, { kind: 1, body: 1 }).lean();
  const company: Company = { policy: defaultPolicy, calendars: {} };
  for (const { kind, body } of versions) {
    if (kind === 'contact-policy') company.policy = contactPolicySchema.parse(body);
    else {
      const calendar = calendarSchema.parse(body);
      company.calendars[calendar.key] = calendar;
    }
  }
  return company;
}
