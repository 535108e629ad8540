import { describe, expect, it } from 'vitest';
import { emptyLibrary } from '../../../engine/library.ts';
import type { DocumentFormat } from '../../../engine/model/document.ts';
import { processSchema } from '../../../engine/schema/index.ts';
import { simulate } from '../../../engine/simulate/simulate.ts';
import { validateDefinition } from '../../../engine/validate/validate.ts';

const scenario = {
  name: 'one',
  given: { contact: { email: 'anna@example.com' }, now: '2026-11-23T09:00:00Z' },
  events: [{ at: 'PT0S', event: 'order.placed', data: { price: 12.5 } }],
  expect: {},
};

function process(step: object, items = '[{"name": "Setup", "quantity": 2.0, "price": trigger.price}]') {
  return processSchema.parse({
    kind: 'process',
    key: 'billing',
    name: 'Billing',
    settings: { purpose: 'transactional' },
    triggers: [{ on: 'event', event: 'order.placed' }],
    scenarios: [scenario],
    steps: [
      {
        id: 'invoice',
        type: 'generate-document',
        template: 'invoice',
        items: { cel: items },
        into: 'invoice',
        ...step,
      },
    ],
  });
}

function play(definition: ReturnType<typeof process>) {
  const [first] = definition.scenarios;
  if (first === undefined) throw new Error('no scenario');
  return simulate(definition, emptyLibrary(), first);
}

describe('generate-document', () => {
  it('tells the process the number and the sum', () => {
    const { outcome, timeline } = play(process({}));
    expect(outcome).toBe('completed');
    expect(timeline).toContainEqual(
      expect.objectContaining({
        kind: 'performed',
        detail: expect.objectContaining({
          document: expect.objectContaining({ number: 'invoice-1', gross: 25, currency: 'RUB' }),
        }),
      }),
    );
  });

  it('goes to the contact by mail, and a mail without one stops with an incident', () => {
    const mail = { id: 'mail', type: 'send-document', template: 'document', document: 'invoice' };
    const definition = process({});
    const [made] = definition.steps;
    const sent = play(processSchema.parse({ ...definition, steps: [made, mail] }));
    expect(sent).toMatchObject({ outcome: 'completed', messages: [{ template: 'document', channel: 'email' }] });
    const none = play(processSchema.parse({ ...definition, steps: [{ ...mail, document: 'invoce' }] }));
    expect(none.messages).toEqual([]);
    expect(none.problems.join()).toContain('vars.invoce holds no document');
  });

  it('goes as a Word file where its template has one, and is refused at publication where it has none', () => {
    const mail = { id: 'mail', type: 'send-document', template: 'document', document: 'invoice', format: 'docx' };
    const [made] = process({}).steps;
    const definition = { ...process({}), steps: [made, mail] };
    const about = { purpose: 'transactional', languages: ['en', 'ru'], variables: [] } as const;
    const problems = (formats: readonly DocumentFormat[]) => {
      const document = { channel: 'document', formats, ...about } as const;
      const templates = { 'document/invoice': document, 'email/document': { channel: 'email', ...about } as const };
      const found = validateDefinition(definition, { ...emptyLibrary(), templates }).problems;
      return found.map(({ severity, path, suggestion }) => `${severity} ${path} ${suggestion}`);
    };
    expect(problems(['pdf', 'docx'])).toEqual([]);
    expect(problems(['pdf'])).toEqual(['error steps[1].format pdf']);
  });

  it.each([
    ['[{"name": "Setup", "quantity": 2.0, "price": -1.0}]', /items\.0\.price: must not be negative/],
    ['"nothing"', /items: /],
  ])('stops with an incident for items %s', (items, message) => {
    const { outcome, problems } = play(process({}, items));
    expect(outcome).toBeNull();
    expect(problems.join()).toMatch(message);
  });

  it('is refused at publication when there is no such template', () => {
    const invoice = { channel: 'document', purpose: 'transactional', languages: ['en', 'ru'], variables: [] } as const;
    const library = { ...emptyLibrary(), templates: { 'document/invoice': invoice } };
    expect(validateDefinition(process({}), library).problems.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
    expect(validateDefinition(process({ template: 'invoce' }), library).problems).toContainEqual(
      expect.objectContaining({ path: 'steps[0].template', code: 'unknown-template', suggestion: 'document/invoice' }),
    );
  });
});
