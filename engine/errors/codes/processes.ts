import type { CatalogueEntry } from '../entry.ts';

/** Running instances. */
export const processCodes = {
  STEP_FAILED: {
    status: 500,
    title: 'A step failed',
    cure: 'Read the incident, mend the cause, then retry or skip the step.',
  },
  CONTACT_NOT_FOUND: {
    status: 409,
    title: 'The contact of the instance is gone',
    cure: 'Cancel the instance; restore the contact before a retry.',
  },
  TICKET_NOT_FOUND: {
    status: 409,
    title: 'The instance has no ticket',
    cure: 'Cancel the instance; only a process whose subject is a ticket can work on one.',
  },
  HTTP_UNAVAILABLE: {
    status: 502,
    title: 'The other system does not answer',
    cure: 'Nothing while it is tried again; then read the status in the variable of the step.',
    retryable: true,
  },
  HTTP_ANSWER_TOO_LARGE: {
    status: 502,
    title: 'The other system answered too much',
    cure: 'Ask it for at most 64 kB: name the fields that the process needs.',
  },
  ADDRESS_NOT_PUBLIC: {
    status: 403,
    title: 'The address is not a public one',
    cure: 'Call a public address, or name the host in VORONKA_HTTP_ALLOW.',
  },
  DATE_INVALID: {
    status: 422,
    title: 'The field holds no date',
    cure: 'Store an ISO 8601 date or date-time in the field.',
  },
  ADDRESS_NOT_FOUND: {
    status: 422,
    title: 'The computed address is empty',
    cure: 'Correct the expression in "to", or the data that it reads, then retry or skip the step.',
  },
  MAX_VISITS_EXCEEDED: {
    status: 422,
    title: 'A loop ran away',
    cure: 'Give the loop a way out, or raise settings.maxVisits.',
  },
  CONTROL_REFUSED: {
    status: 409,
    title: 'The instance cannot do that now',
    cure: 'Read its status; only running instances pause, only paused ones resume, only incidents are retried.',
  },
  INSTANCE_ENDED: {
    status: 409,
    title: 'The instance has ended',
    cure: 'Start a new one where the entry rules allow it.',
  },
  ENTRY_REFUSED: {
    status: 409,
    title: 'The entry rules let nobody in here',
    cure: 'Look at entry.reentry, minInterval, maxEntries and suppress of the process.',
  },
  EVENT_LOOP_STOPPED: {
    status: 422,
    title: 'Events that follow from one another had no end',
    cure: 'Look for segments, scores and processes that undo each other, and break the circle.',
  },
  PROCESS_NOT_ENROLLABLE: {
    status: 409,
    title: 'Nobody can be put into this process by the API',
    cure: 'Publish the process with a trigger {"on": "api"} and switch it on.',
  },
} satisfies Record<string, CatalogueEntry>;
