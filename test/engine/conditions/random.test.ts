import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConditionScope, checkCondition } from '../../../engine/conditions/check.ts';
import { evaluate } from '../../../engine/conditions/evaluate.ts';
import { event, values } from './values.ts';

const scope: ConditionScope = {
  names: ['contact', 'event', 'vars', 'now', 'stats'],
  calendars: ['office'],
  result: 'any',
};

const atoms = fc.constantFrom(
  ...[
    '1',
    '0',
    '2.5',
    '-3',
    '9223372036854775807',
    '"a"',
    '""',
    '"Москва"',
    'true',
    'false',
    'null',
    'now',
    '[]',
    '{}',
  ],
  ...[
    'contact',
    'contact.email',
    'contact.score.total',
    'contact.attributes.visits',
    'contact.attributes.none',
    'contact.segments',
  ],
  ...[
    'event',
    'event.total',
    'event.items',
    'event.text',
    'vars.answer.status',
    'stats.last',
    'stats.none',
    'contact.createdAt',
  ],
  ...[
    'optional.none()',
    'int',
    'google',
    'cel',
    'b"x"',
    'r"\\d"',
    'x',
    'i',
    'constructor',
    '__proto__',
    'contact.owner',
  ],
);

const binary = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||');
const methods = fc.constantFrom(
  ...[
    'contains',
    'startsWith',
    'matches',
    'size',
    'substring',
    'indexOf',
    'split',
    'join',
    'orValue',
    'or',
    'value',
    'getHours',
    'json',
  ],
);
const functions = fc.constantFrom(
  ...[
    'has',
    'size',
    'int',
    'double',
    'string',
    'timestamp',
    'duration',
    'moment',
    'days',
    'hour',
    'weekday',
    'isOpen',
    'bytes',
    'nope',
  ],
);
const loop = fc.constantFrom('all', 'exists', 'exists_one', 'map', 'filter');

/** Texts that follow CEL's grammar, of every kind of node and with the types at random. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const part = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      { weight: 4, arbitrary: atoms },
      { weight: 4, arbitrary: fc.tuple(part, binary, part).map(([a, op, b]) => `(${a} ${op} ${b})`) },
      fc.tuple(part, part, part).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(fc.constantFrom('!', '-'), part).map(([op, a]) => `${op}${a}`),
      fc.array(part, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
      fc
        .array(fc.tuple(part, part), { maxLength: 3 })
        .map((items) => `{${items.map(([k, v]) => `${k}: ${v}`).join(', ')}}`),
      fc.tuple(part, part).map(([a, b]) => `${a}[${b}]`),
      fc.tuple(part, fc.constantFrom('.name', '.?x', '[?0]', '.score', '.constructor')).map(([a, b]) => `${a}${b}`),
      fc.tuple(part, methods, fc.array(part, { maxLength: 2 })).map(([a, m, args]) => `${a}.${m}(${args.join(', ')})`),
      fc.tuple(functions, fc.array(part, { maxLength: 2 })).map(([f, args]) => `${f}(${args.join(', ')})`),
      fc.tuple(part, loop, part).map(([a, m, body]) => `${a}.${m}(i, ${body})`),
      fc.tuple(part, part, part).map(([a, b, c]) => `cel.bind(x, ${a}, ${b} == ${c})`),
    ),
  };
});

/** Pieces of texts in any order, and any characters at all. */
const garbage = fc.oneof(
  fc
    .array(
      fc.oneof(
        atoms,
        binary,
        fc.constantFrom('(', ')', '[', ']', '.', '?', ':', ',', '"', "'", '//', '\\', '`', '{', '}'),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(fc.constantFrom('(', '!', '-', '[', '{', 'a.', 'has(', 'x ? ', '"'), fc.nat(2500))
    .map(([piece, times]) => piece.repeat(times)),
);

const heavy = values({
  event: event({
    total: 5000,
    text: 'a'.repeat(5000),
    items: Array.from({ length: 400 }, (_, i) => ({ sku: `s${i}`, price: i, text: 'aaaaaaaaaaaaaaaaaaaaaaaa!' })),
  }),
  vars: { answer: { status: 200, list: Array.from({ length: 900 }, (_, i) => i) } },
  stats: { last: 1 },
});

/** CPU milliseconds that one text may take, generous to a busy machine. */
const bound = 250;

describe('10,000 random expressions', () => {
  it('never throw, and none takes long', () => {
    const outcomes = { refused: 0, failed: 0, answered: 0 };
    let slowest = 0;
    const property = fc.property(
      fc.oneof({ weight: 3, arbitrary: expression }, { weight: 1, arbitrary: garbage }),
      (text) => {
        const before = process.cpuUsage();
        const problems = checkCondition(text, scope);
        const result = evaluate(text, heavy);
        const spent = process.cpuUsage(before);
        slowest = Math.max(slowest, (spent.user + spent.system) / 1000);
        if (problems.some((problem) => problem.code === 'CONDITION_TOO_COSTLY')) expect(result.ok).toBe(false);
        if (result.ok) JSON.stringify(result);
        outcomes[problems.length > 0 ? 'refused' : result.ok ? 'answered' : 'failed'] += 1;
      },
    );
    fc.assert(property, { numRuns: 10_000, seed: 20_261_122 });
    expect(slowest).toBeLessThan(bound);
    // The generator reaches all three outcomes, or it would prove little.
    expect(Math.min(outcomes.refused, outcomes.failed, outcomes.answered)).toBeGreaterThan(100);
  }, 60_000);
});
