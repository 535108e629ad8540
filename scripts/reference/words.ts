/** The parts of the reference that no schema can say. */
export const introduction = `# The definition language

<!-- Written by \`npm run generate\` from the schemas and the step types. Change those, not this page. -->

A definition is one JSON file of one \`kind\`. It is strict: an unknown key is a mistake. \`$schema\` points editors at
\`schemas/<kind>.schema.json\`, which completes and explains every key while you type. \`voronka validate\` reports every mistake
at once, \`voronka simulate\` plays the scenarios of a process, a policy or a pipeline, \`voronka graph\` draws it.
`;

export const values = `## Values

| name | what to write |
|---|---|
| key | lower-case words joined by hyphens: \`abandoned-cart\` |
| name | letters, digits and \`_\`: \`cartTotal\` |
| text | one text, or one for each language: \`{ "en": "Hello", "ru": "Привет" }\` |
| duration | ISO 8601: \`PT2H\`, \`P7D\`. Days and longer keep the local time of day over a change of the clock, hours are exact |
| signed duration | the same with an optional sign: \`-P3D\` |
| time | local time of day: \`09:30\` |
| date | local date: \`2026-12-31\` |
| date-time | with its offset: \`2026-03-02T12:00:00+03:00\` |
| weekday | \`mon\`, \`tue\`, \`wed\`, \`thu\`, \`fri\`, \`sat\`, \`sun\` |
| zone | IANA name: \`Europe/Moscow\` |
| language | \`en\` or \`ru\` |
| event name | dotted lower-case words: \`order.placed\` |
| CEL | an expression of the [Common Expression Language](https://cel.dev), see [Conditions](#conditions) |
| JSON | any JSON value |

In tables, \`triggers[event].when\` is the key \`when\` of a trigger whose kind is \`event\`, and \`caps[].per\` the key \`per\` of each
element of \`caps\`.
`;

export const conditions = `## Conditions

CEL over these names. What is in scope depends on the place; a name that is not is reported with those that are.

| name | what |
|---|---|
| \`contact\` | the contact now: \`email\`, \`phone\`, \`firstName\`, \`lastName\`, \`company\`, \`language\`, \`timezone\`, \`owner\`, \`attributes.…\`, \`score.fit\`, \`score.engagement\`, \`score.total\`, \`score.class\`, \`segments\`, \`consent.email\`, \`consent.sms\`, \`createdAt\` |
| \`event\` | data of the event being looked at, with \`name\` and \`occurredAt\`: triggers, goals, exits, wait-for-event, scoring |
| \`trigger\` | data of the event that started the instance |
| \`vars\` | what http-request steps of the instance have put there |
| \`stats\` | the aggregates of the segment |
| \`now\` | the moment of the decision |

Functions beside those of CEL: \`isOpen("calendar", now)\`; \`moment(x)\`, a time from ISO 8601 text or epoch milliseconds; \`days(n)\`,
\`hours(n)\`, \`minutes(n)\`; \`year\`, \`month\`, \`day\`, \`hour\`, \`minute\`, \`weekday\` and \`date\` of a time in a zone: \`hour(now, "Europe/Moscow")\`.
A field that may be missing: \`has(contact.company)\`, or \`contact.?company.orValue("")\`. Texts of tasks, notifications and requests may hold
expressions in double braces: \`Call {{contact.?firstName.orValue("the lead")}}\`.
`;

export const processWords = `The steps are a list. Without \`next\` the flow goes on to the following one; \`next\` is the id of a step of the same list, or a map
from the step's exits to ids. Running off the end ends the process with the outcome \`completed\`. A cycle must hold a wait.
Goals and exits are watched at every step. Scenarios are played at publication, which is refused while one fails.
`;

/** What the tables of the other kinds cannot say. */
export const kindWords: Readonly<Record<string, string>> = {
  sla: `The first policy by \`order\`, then by key, whose \`when\` holds is in force; that is looked at anew by every event of the ticket. Times are open
time of the calendar: a clock that starts outside hours runs from the next opening, and is due at the first instant by which its time has passed,
even when that is closing time. Days have 24 open hours: write \`PT9H\`.

| target | starts | is met by | stands |
|---|---|---|---|
| \`first-response\` | with the ticket | the first public answer of a person | while the ticket is resolved |
| \`next-response\` | with the first message of the customer that waits, after the first response | the next public answer of a person | while the ticket is resolved |
| \`resolution\` | with the ticket | \`resolved\` or \`closed\` | in the statuses of \`pausing\` |

Autoreplies, notes and messages of processes answer nothing. A change of policy, priority, team or calendar puts a clock under the new promise; what had passed
until then stays, as the earlier calendar counted it. A promise that falls away cancels its clock; when it comes back, the clock goes on.
A breach is recorded once and stays, also when a change gives more time. Merging cancels, closing ends.

An escalation comes at a share of the time (\`75%\`), at the breach (\`100%\`) or after it (\`+PT1H\`, open time from the breach on), each time once and never when the target is met.
A change moves the points that are still to come; of repeats that it jumps over only the last comes. Its steps run as a process of the ticket with \`trigger.target\`, \`trigger.n\`,
\`trigger.due\`, \`trigger.point\` and \`trigger.count\`, which ends when the target is met or the ticket is resolved, closed or merged.
Scenarios are played at publication with these steps, under this policy alone.
`,
  pipeline: `A deal goes through the stages in their order, and ends as \`won\` or \`lost\`. Guards are asked on every way, whoever moves: a person, a program,
a step, or the pipeline itself. A way that leads over stages asks all of their guards; \`won\` asks those of the stages that are left; \`lost\` and the way back ask their goal's alone.
A role is that of the user who moves.

Moves by themselves are looked at after each event of the deal or its contact; \`event.deal\` or \`event.dealId\` (an id) says which deal an event is about, without it all open deals of
the contact are. A refused one is the event \`deal.move-refused\`, once for each cause.

The steps of a stage are a process of the deal with \`deal\` and \`trigger\`, which ends when the deal goes elsewhere. Ids are unique within a stage.
`,
};
