import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hint, suggest } from '../../../engine/validate/suggest.ts';

describe('suggest', () => {
  it('finds the name that was probably meant', () => {
    expect(suggest('remnd', ['pause', 'remind', 'finish'])).toBe('remind');
    expect(suggest('calender', ['calendar', 'channel'])).toBe('calendar');
    expect(suggest('Contact', ['contact'])).toBe('contact');
    expect(suggest('opne', ['open', 'one'])).toBe('open');
    expect(suggest('purchase', ['wait', 'branch'])).toBeUndefined();
    expect(suggest('x', [])).toBeUndefined();
  });

  it('finds every name again after one letter was lost, for names of four letters and more', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,12}$/), fc.nat(), (name, at) => {
        const index = at % name.length;
        expect(suggest(name.slice(0, index) + name.slice(index + 1), [name])).toBe(name);
      }),
    );
  });

  it('names what there is when nothing is near', () => {
    expect(hint('purchase', ['wait', 'branch'])).toBe('; there are "wait", "branch"');
    expect(hint('wiat', ['wait', 'branch'])).toBe(', did you mean "wait"?');
    expect(hint('wiat', [])).toBe('');
  });
});
