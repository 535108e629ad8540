import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../engine/approval/request.ts';
import { awaited } from '../../../engine/approval/state.ts';
import { colleague, everybody, hour, order, Story, stage, start } from './ask.ts';

const day = 24 * hour;
const document = { id: 'd1', number: 'INV-1', sha256: 'first' };
const second = { id: 'd2', number: 'INV-2', sha256: 'second' };
const terms = (more: Partial<ApprovalRequest['terms']>) => ({ terms: { zone: 'UTC', ...more } });
const yes = (user: string, more = {}) => ({
  do: 'decide' as const,
  by: `user:${user}` as const,
  decision: 'approved' as const,
  round: 1,
  ...more,
});

describe('stages', () => {
  it('come one after the other, those below their threshold never', () => {
    const story = new Story(
      order([
        stage(['anna'], { id: 'lead' }),
        stage(['boris'], { id: 'lawyer', skipped: true }),
        stage(['clara', 'dmitri'], { id: 'board', need: 'any' }),
      ]),
    );
    expect([story.told, story.asks]).toEqual([['approval.requested'], ['anna asked']]);
    expect(story.refused(yes('clara'))).toBe('APPROVAL_NOT_ASKED');
    story.decides('anna');
    expect([story.told, story.asks]).toEqual([['approval.decision'], ['clara asked', 'dmitri asked']]);
    story.decides('dmitri');
    expect(story.told).toEqual(['approval.decision', 'approval.decided']);
    expect(story.state).toMatchObject({ status: 'approved', decidedAt: start });
    expect(story.state.stages.map(({ status }) => status)).toEqual(['passed', 'skipped', 'passed']);
    expect(story.state.trail.map(({ what, stage }) => [what, stage])).toEqual([
      ['requested', undefined],
      ['stage-skipped', 'lawyer'],
      ['stage-opened', 'lead'],
      ['decision', 'lead'],
      ['stage-opened', 'board'],
      ['decision', 'board'],
      ['decided', undefined],
    ]);
  });

  it('that are all skipped ask nobody: it is given at once', () => {
    const story = new Story(order([stage(['anna'], { skipped: true })]));
    expect([story.state.status, story.told, story.asks]).toEqual([
      'approved',
      ['approval.requested', 'approval.decided'],
      [],
    ]);
  });

  it('count as many as they need, and are over when those can no longer come', () => {
    const three = ['anna', 'boris', 'clara'];
    const twoOfThree = new Story(order([stage(three, { need: 2 })]));
    twoOfThree.decides('anna', 'rejected');
    expect(twoOfThree.state.status).toBe('pending');
    twoOfThree.decides('boris', 'rejected');
    expect(twoOfThree.state.status).toBe('rejected');
    const all = new Story(order([stage(three)]));
    all.decides('clara', 'rejected');
    expect(all.state.status).toBe('rejected');
  });

  it('take once what somebody answered: it counts in a later stage as well', () => {
    const story = new Story(order([stage(['anna'], { id: 'one' }), stage(['anna', 'boris'], { id: 'two' })]));
    story.decides('anna');
    expect([story.state.status, awaited(story.state), story.asks]).toEqual(['pending', ['boris'], ['boris asked']]);
    expect(story.decides('anna')).toBe(false);
    story.decides('boris');
    expect(story.state.status).toBe('approved');
  });

  it('are refused where they could never be passed', () => {
    const codeOf = (request: ApprovalRequest) => {
      try {
        return new Story(request).state.status;
      } catch (error) {
        return error instanceof Error ? error.message.split(':')[0] : '';
      }
    };
    expect(codeOf(order([stage([])]))).toBe('APPROVAL_NOBODY');
    expect(codeOf(order([stage(['anna', 'anna'], { need: 2 })]))).toBe('APPROVAL_NOBODY');
    expect(codeOf(order([stage(['ghost'])]))).toBe('USER_NOT_FOUND');
    expect(codeOf(order([stage(['anna'])], terms({ within: 'P1D', calendar: 'none' })))).toBe('CALENDAR_NOT_FOUND');
  });
});

describe('an answer', () => {
  it('counts once: the same again is done already, another one is refused', () => {
    const story = new Story(order([stage(['anna', 'boris'])]));
    story.decides('anna');
    expect(story.decides('anna')).toBe(false);
    expect(story.refused(yes('anna', { decision: 'rejected' }))).toBe('APPROVAL_DECIDED');
    story.decides('boris', 'rejected');
    expect(story.decides('boris', 'rejected')).toBe(false);
    expect(story.refused(yes('clara'))).toBe('APPROVAL_DECIDED');
    expect(story.refused({ do: 'withdraw', by: 'api' })).toBe('APPROVAL_DECIDED');
  });

  it('is for the bytes that were shown, while they are in force', () => {
    const story = new Story(order([stage(['anna'])], { document }));
    expect(story.refused(yes('anna'))).toBe('APPROVAL_DOCUMENT_CHANGED');
    expect(story.refused(yes('anna', { sha256: 'other' }))).toBe('APPROVAL_DOCUMENT_CHANGED');
    story.document = { id: 'd1', status: 'superseded', sha256: 'first' };
    expect(story.refused(yes('anna', { sha256: 'first' }))).toBe('APPROVAL_DOCUMENT_CHANGED');
    story.document = { id: 'd1', status: 'issued', sha256: 'first' };
    story.decides('anna');
    expect(story.state.trail.find(({ what }) => what === 'decision')).toMatchObject({ document });
    const bare = new Story(order([stage(['anna'])]));
    expect(bare.refused(yes('anna', { sha256: 'first' }))).toBe('APPROVAL_DOCUMENT_CHANGED');
  });
});

describe('another document in the place of the one that is bound', () => {
  it('asks everybody again, in a round of its own, and keeps what was decided on the trail alone', () => {
    const story = new Story(order([stage(['anna'], { id: 'one' }), stage(['boris'], { id: 'two' })], { document }));
    story.decides('anna');
    story.does({ do: 'document-changed', by: 'user:clara', was: 'd1', document: second });
    story.document = { id: 'd2', status: 'issued', sha256: 'second' };
    expect(story.told).toEqual(['approval.asked-again']);
    expect(story.asks).toEqual(['anna asked-again']);
    expect(story.state).toMatchObject({ round: 2, document: second, status: 'pending' });
    expect(story.state.stages.map(({ status }) => status)).toEqual(['open', 'waiting']);
    expect(story.refused(yes('anna', { sha256: 'first' }))).toBe('APPROVAL_DOCUMENT_CHANGED');
    expect(story.does({ do: 'document-changed', by: 'api', was: 'd1', document: second })).toBe(false);
    for (const user of ['anna', 'boris']) story.decides(user);
    expect(story.state.status).toBe('approved');
    const answers = story.state.trail.filter(({ what }) => what === 'decision');
    expect(answers.map(({ round, user, document }) => [round, user, document?.number])).toEqual([
      [1, 'anna', 'INV-1'],
      [2, 'anna', 'INV-2'],
      [2, 'boris', 'INV-2'],
    ]);
  });

  it('asks those too who were left out for a smaller sum, and shows the new one', () => {
    const stages = [stage(['anna'], { id: 'one' }), stage(['boris'], { id: 'large', skipped: true })];
    const sum = (gross: number) => ({ gross, currency: 'RUB' });
    const open = () =>
      new Story(order(stages, { document: { ...document, ...sum(100) }, amount: 100, currency: 'RUB' }));
    const change = { do: 'document-changed', by: 'api', was: 'd1' } as const;
    const more = open();
    more.does({ ...change, document: { ...second, ...sum(101) } });
    expect(more.state).toMatchObject({ amount: 101, stages: [{ status: 'open' }, { status: 'waiting' }] });
    const less = open();
    less.does({ ...change, document: { ...second, ...sum(99) } });
    expect(less.state).toMatchObject({ amount: 99, stages: [{ status: 'open' }, { status: 'skipped' }] });
    const other = open();
    other.does({ ...change, document: { ...second, gross: 1, currency: 'EUR' } });
    expect(other.state).toMatchObject({ currency: 'EUR', stages: [{ status: 'open' }, { status: 'waiting' }] });
  });

  it('withdraws it where there is none, and changes nothing once it is decided', () => {
    const story = new Story(order([stage(['anna'])], { document }));
    story.does({ do: 'document-changed', by: 'api', was: 'd1' });
    expect([story.state.status, story.told]).toEqual(['withdrawn', ['approval.decided']]);
    const done = new Story(order([stage(['anna'])], { document }));
    done.decides('anna');
    expect(done.does({ do: 'document-changed', by: 'api', was: 'd1', document: second })).toBe(false);
  });
});

describe('a place that is handed on', () => {
  it('is decided by whoever has it, for whose it is, and never goes round', () => {
    const people = [...everybody, colleague('away', { absences: [{ from: start, until: start + day }] })];
    const story = new Story(order([stage(['anna', 'boris'])]), people);
    const hand = (by: string, to: string) => ({ do: 'delegate' as const, by: `user:${by}` as const, to });
    story.does(hand('anna', 'clara'));
    expect([story.told, story.asks]).toEqual([['approval.delegated'], ['clara delegated']]);
    expect(story.does(hand('anna', 'clara'))).toBe(false);
    expect(story.refused(yes('anna'))).toBe('APPROVAL_NOT_ASKED');
    expect(story.refused(hand('clara', 'anna'))).toBe('APPROVAL_DELEGATION_REFUSED');
    expect(story.refused(hand('clara', 'boris'))).toBe('APPROVAL_DELEGATION_REFUSED');
    expect(story.refused(hand('clara', 'clara'))).toBe('APPROVAL_DELEGATION_REFUSED');
    expect(story.refused(hand('clara', 'away'))).toBe('APPROVAL_DELEGATION_REFUSED');
    expect(story.refused(hand('clara', 'ghost'))).toBe('USER_NOT_FOUND');
    expect(story.refused(hand('elena', 'dmitri'))).toBe('APPROVAL_NOT_ASKED');
    story.does(hand('clara', 'dmitri'));
    story.decides('dmitri');
    expect(story.state.trail.at(-1)).toMatchObject({ what: 'decision', user: 'dmitri', of: 'anna' });
    expect(awaited(story.state)).toEqual(['boris']);
    story.decides('boris');
    expect(story.state.status).toBe('approved');
  });
});

describe('somebody who is away', () => {
  const away = (deputy?: string) => ({ absences: [{ from: start - day, until: start + day, deputy }] });
  const others = everybody.filter(({ key }) => key !== 'anna' && key !== 'boris');

  it('is replaced by the deputy of the absence, theirs in turn, else by a substitute of the stage', () => {
    const people = [colleague('anna', away('boris')), colleague('boris', away('clara')), ...others];
    const deputy = new Story(order([stage(['anna'])]), people);
    expect([awaited(deputy.state), deputy.asks]).toEqual([['clara'], ['clara asked']]);
    expect(deputy.state.trail.at(-1)).toMatchObject({ what: 'stood-in', user: 'clara', of: 'anna' });
    const alone = [colleague('anna', away()), ...everybody.slice(1)];
    const substitute = new Story(order([stage(['anna', 'dmitri'], { substitutes: ['dmitri', 'elena'] })]), alone);
    expect(awaited(substitute.state)).toEqual(['elena', 'dmitri']);
    const nobody = new Story(order([stage(['anna'])]), alone);
    expect(awaited(nobody.state)).toEqual(['anna']);
  });

  it('is replaced by a reminder when they went after they were asked', () => {
    const story = new Story(order([stage(['anna'])], terms({ remind: 'PT2H' })));
    story.people = [colleague('anna', away('clara')), ...others];
    story.does({ do: 'attend' }, start + 2 * hour);
    expect([awaited(story.state), story.told, story.asks]).toEqual([['clara'], [], ['clara asked']]);
  });
});
