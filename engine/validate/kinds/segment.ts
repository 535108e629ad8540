import type { Library } from '../../library.ts';
import { segmentSchema } from '../../schema/segment.ts';
import { conditionProblems } from '../conditions.ts';
import { schemaProblems } from '../issues.ts';
import { orDefault } from '../parts.ts';
import { mistake, type Problem } from '../problem.ts';

const { shape } = segmentSchema;

export function segmentProblems(json: Readonly<Record<string, unknown>>, library: Library): Problem[] {
  const aggregates = orDefault(shape.aggregates, json.aggregates, {});
  const when = typeof json.when === 'string' ? json.when : undefined;
  return [
    ...schemaProblems(segmentSchema, json),
    ...conditionProblems(when, ['when'], ['contact', 'stats', 'now'], library, {
      stats: typeof json.aggregates === 'object' && json.aggregates !== null ? Object.keys(json.aggregates) : [],
    }),
    ...Object.entries(aggregates).flatMap(([name, { of, field }]) => {
      const path = ['aggregates', name, 'field'];
      if (of === 'sum' && field === undefined)
        return [mistake(path, 'missing-key', 'a sum needs the "field" to add up')];
      if (of !== 'sum' && field !== undefined)
        return [mistake(path, 'wrong-value', `"field" goes with a sum, not with "${of}"`)];
      return [];
    }),
  ];
}
