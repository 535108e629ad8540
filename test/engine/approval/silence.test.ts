import { describe, expect, it } from 'vitest';
import { awaited } from '../../../engine/approval/state.ts';
import { calendar, office } from '../time/calendar.ts';
import { colleague, everybody, hour, order, Story, stage, start } from './ask.ts';

const terms = (more: object) => ({ terms: { zone: 'UTC', ...more } });
const look = { do: 'attend' as const };

describe('reminders', () => {
  it('go again and again to those who have not answered, each at its time', () => {
    const story = new Story(order([stage(['anna', 'boris'])], terms({ remind: 'PT2H' })));
    expect(story.state.remindAt).toBe(start + 2 * hour);
    expect(story.does(look, start + 2 * hour - 1)).toBe(false);
    story.does(look, start + 2 * hour);
    expect([story.told, story.asks]).toEqual([['approval.reminded'], ['anna reminded', 'boris reminded']]);
    expect(story.does(look, start + 2 * hour)).toBe(false);
    story.decides('anna', 'approved', start + 3 * hour);
    story.does(look, start + 4 * hour);
    expect([story.asks, story.state.remindAt]).toEqual([['boris reminded'], start + 6 * hour]);
    expect(story.state.stages[0]?.approvers).toMatchObject([
      { user: 'anna', remindedAt: start + 2 * hour },
      { user: 'boris', remindedAt: start + 4 * hour },
    ]);
  });

  it('are counted in open time, and what was missed is not made up for', () => {
    const story = new Story(order([stage(['anna'])]));
    story.calendars = { office: calendar({ hours: office }) };
    story.state.terms = { zone: 'UTC', calendar: 'office', remind: 'PT8H' };
    story.state.remindAt = start + 8 * hour;
    story.does(look, start + 8 * hour);
    expect(story.state.remindAt).toBe(start + 24 * hour + 7 * hour);
    const late = new Story(order([stage(['anna'])], terms({ remind: 'PT1H' })));
    const scene = { ...late.scene(start + hour), now: start + 100 * hour };
    late.scene = () => scene;
    late.does(look);
    expect(late.state.remindAt).toBe(start + 101 * hour);
  });
});

describe('escalation', () => {
  const escalate = { after: 'PT4H', to: ['elena'] };

  it('gives the place of who has not answered to somebody else, once in a stage', () => {
    const story = new Story(order([stage(['anna', 'boris'])], terms({ escalate })));
    story.decides('anna');
    story.does(look, start + 4 * hour);
    expect([story.told, story.asks, awaited(story.state)]).toEqual([
      ['approval.escalated'],
      ['elena escalated'],
      ['elena'],
    ]);
    expect(story.state.escalateAt).toBeUndefined();
    expect(story.refused({ do: 'decide', by: 'user:boris', decision: 'approved', round: 1 })).toBe(
      'APPROVAL_NOT_ASKED',
    );
    story.decides('elena', 'approved', start + 5 * hour);
    expect(story.state.status).toBe('approved');
    expect(story.state.trail.at(-2)).toMatchObject({ what: 'decision', user: 'elena', of: 'boris' });
  });

  it('tells whoever is asked in the stage already once more, and reaches their deputy when they are away', () => {
    const own = new Story(order([stage(['anna', 'elena'])], terms({ escalate })));
    own.does(look, start + 4 * hour);
    expect([awaited(own.state), own.asks]).toEqual([['anna', 'elena'], ['elena escalated']]);
    const absent = colleague('elena', { absences: [{ from: start, until: start + 9 * hour, deputy: 'dmitri' }] });
    const people = [...everybody.slice(0, 4), absent];
    const away = new Story(order([stage(['anna'])], terms({ escalate })), people);
    away.does(look, start + 4 * hour);
    expect([awaited(away.state), away.asks]).toEqual([['dmitri'], ['dmitri escalated']]);
  });
});

describe('the end of the time', () => {
  it('is the outcome when nobody decided by then, and loses to a decision that came first', () => {
    const story = new Story(order([stage(['anna'])], terms({ within: 'P1D', remind: 'P1D' })));
    expect(story.state.dueAt).toBe(start + 24 * hour);
    expect(story.does(look, start + 24 * hour - 1)).toBe(false);
    story.does(look, start + 24 * hour);
    expect([story.state.status, story.told, story.asks]).toEqual(['timed-out', ['approval.decided'], []]);
    const decided = new Story(order([stage(['anna'])], terms({ within: 'P1D' })));
    decided.decides('anna', 'approved', start + 25 * hour);
    expect(decided.does(look, start + 25 * hour)).toBe(false);
    expect(decided.state.status).toBe('approved');
  });

  it('begins anew with another document', () => {
    const document = { id: 'd1', number: 'INV-1', sha256: 'first' };
    const story = new Story(order([stage(['anna'])], { document, ...terms({ within: 'P1D' }) }));
    const other = { id: 'd2', number: 'INV-2', sha256: 'second' };
    story.does({ do: 'document-changed', by: 'api', was: 'd1', document: other }, start + 20 * hour);
    expect(story.state.dueAt).toBe(start + 44 * hour);
    expect(story.does(look, start + 24 * hour)).toBe(false);
  });
});
