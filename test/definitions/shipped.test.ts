import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templateProblems } from '../../engine/validate/templates.ts';
import { loadLibrary, validateFile } from '../../library/load.ts';

const root = process.cwd();
const { library, files, templates } = loadLibrary(root);

describe('shipped definitions', () => {
  it.each(files.map((file) => [relative(root, file.path), file] as const))(
    '%s has no mistake and no warning',
    (_, file) => {
      const { definition, problems } = validateFile(file, library);
      expect(problems).toEqual([]);
      expect(definition).toBeDefined();
    },
  );

  it('are those that the product promises, each process with two to five scenarios', () => {
    expect(Object.keys(library.processes).sort()).toEqual([
      'abandoned-cart',
      'after-sale',
      'after-ticket',
      'callback-request',
      'deal-contract',
      'deal-invoice',
      'deal-proposal',
      'lead-qualification',
      'lead-to-deal',
      'low-mark',
      'order-to-deal',
      'overdue-task',
      'payment-reminder',
      'reactivation',
      'recommendation',
      'repeat-purchase',
      'ticket-received',
      'welcome-series',
    ]);
    for (const { scenarios } of Object.values(library.processes)) {
      expect(scenarios.length).toBeGreaterThanOrEqual(2);
      expect(scenarios.length).toBeLessThanOrEqual(5);
    }
    expect(Object.keys(library.segments)).toHaveLength(3);
    expect(Object.keys(library.calendars)).toContain('office-ru');
    expect(Object.keys(library.slas).sort()).toEqual(['standard', 'vip']);
    expect(Object.keys(library.pipelines)).toEqual(['b2b']);
    expect(Object.keys(library.routings)).toContain('support');
    expect(Object.keys(library.forms).sort()).toEqual(['support', 'website']);
    expect(library.scoring?.key).toBe('default');
    expect(library.policy.key).toBe('company');
  });

  it('speak both languages', () => {
    for (const template of templates.templates) expect(templateProblems(template, templates)).toEqual([]);
    for (const { json } of files)
      expect(json).toMatchObject({ name: { en: expect.any(String), ru: expect.any(String) } });
  });
});
