import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { definitionSchema, processSchema } from '../../../engine/schema/index.ts';
import { stepTypes } from '../../../engine/steps/index.ts';

describe('Step types', () => {
  const names = stepTypes.map(({ type }) => type);

  it('are those of the language', () => {
    expect(new Set(names)).toEqual(
      new Set([
        ...['wait', 'wait-for-event', 'branch', 'split', 'parallel', 'repeat', 'start-process', 'end'],
        ...['update-record', 'adjust-score', 'add-to-segment', 'remove-from-segment', 'assign-owner', 'create-task'],
        ...['wait-for-task'],
        ...[
          'create-ticket',
          'create-deal',
          'move-deal',
          'add-note',
          'generate-document',
          'request-approval',
          'send-document',
        ],
        ...['send-message', 'send-survey', 'notify-user', 'http-request'],
      ]),
    );
  });

  it('give a JSON Schema with every type in it, nested lists included', () => {
    const text = JSON.stringify(z.toJSONSchema(definitionSchema, { io: 'input' }));
    for (const name of names) expect(text).toContain(`"const":"${name}"`);
    for (const { summary } of stepTypes) expect(text).toContain(JSON.stringify(summary));
  });

  it('refuse unknown keys, also in nested lists', () => {
    const head = { kind: 'process', key: 'p', name: 'P', triggers: [{ on: 'api' }] };
    const wait = { id: 'w', type: 'wait', for: 'PT1H', colour: 'red' };
    expect(processSchema.safeParse({ ...head, steps: [wait] }).error?.issues[0]?.path).toEqual(['steps', 0]);
    const loop = { id: 'l', type: 'repeat', max: 2, steps: [wait] };
    expect(processSchema.safeParse({ ...head, steps: [loop] }).error?.issues[0]?.path).toEqual([
      'steps',
      0,
      'steps',
      0,
    ]);
  });

  it('are known by name to nobody else in the engine', () => {
    const files = readdirSync('engine', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.startsWith('steps'),
    );
    expect(files.length).toBeGreaterThan(30);
    const switching = files.filter((file) => {
      const text = readFileSync(`engine/${file}`, 'utf8');
      return names.some((name) => new RegExp(`type\\)? ?===? ?['"]${name}['"]|step\\.type ===`).test(text));
    });
    expect(switching).toEqual([]);
  });
});
