import type { CatalogueEntry } from '../entry.ts';

/** Definitions, their conditions and their templates. */
export const definitionCodes = {
  DEFINITION_INVALID: {
    status: 422,
    title: 'The definition has mistakes',
    cure: 'Mend every path listed under "problems"; `voronka validate` shows them without a server.',
  },
  DEFINITION_NOT_FOUND: {
    status: 404,
    title: 'There is no published definition of that kind and key',
    cure: 'Publish it, or correct the key.',
  },
  DEFINITION_UNREADABLE: {
    status: 503,
    title: 'This release cannot read a published definition',
    cure: 'Publish it anew, or go back to the release that published it; what waits for it goes on by itself.',
    retryable: true,
  },
  SCENARIO_FAILED: {
    status: 422,
    title: 'A scenario of the definition fails',
    cure: 'Run `voronka simulate` on it, then mend the definition or the expectation.',
  },
  CALENDAR_NOT_FOUND: {
    status: 404,
    title: 'There is no published calendar of that key',
    cure: 'Publish the calendar, or correct the key, then retry the step.',
  },
  CALENDAR_NEVER_OPEN: {
    status: 422,
    title: 'The calendar is never open',
    cure: 'Give the calendar at least one shift that no holiday closes.',
  },
  CONDITION_INVALID: {
    status: 422,
    title: 'The condition is not valid CEL',
    cure: 'Correct the text at the position that the message gives.',
  },
  CONDITION_TOO_COSTLY: {
    status: 422,
    title: 'The condition could take too long',
    cure: 'Use fewer nested macros, or a simpler test in place of the pattern.',
  },
  CONDITION_FAILED: {
    status: 422,
    title: 'The condition could not be evaluated',
    cure: 'Guard fields that may be missing with has(…), and compare values of one type.',
  },
  CONDITION_FIELD_MISSING: {
    status: 422,
    title: 'The condition reads a field that is not there',
    cure: 'Ask has(…) first, or give a value in its place with .?field.orValue(…).',
  },
  TEMPLATE_NOT_FOUND: {
    status: 404,
    title: 'There is no such template',
    cure: 'Add it under templates/<channel>/<key>/, or correct the key.',
  },
  TEMPLATE_INVALID: {
    status: 422,
    title: 'The template cannot be compiled',
    cure: 'Correct the Handlebars text at the place that the message gives.',
  },
  TEMPLATE_VARIABLE_MISSING: {
    status: 422,
    title: 'The template reads a variable that is not there',
    cure: 'Provide the variable, or put the place that reads it into {{#if}}.',
  },
} satisfies Record<string, CatalogueEntry>;
