import { compile } from 'html-to-text';
import type { Slots } from './slots.ts';

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    { selector: 'img', format: 'skip' },
    { selector: '.preheader', format: 'skip' },
    { selector: 'table', options: { uppercaseHeaderCells: false } },
  ],
});

/** Texts of so many mails that differ in more than their values are kept. */
const capacity = 500;

/** Answers the text part of a mail's HTML. */
export type TextPart = (marked: string, slots: Slots) => string;

/**
 * Converts HTML to text once for all mails that differ in nothing but the values in their slots. It is trusted with that
 * only where filling the slots gave the very text that converting the whole mail gives, and where all values are words.
 */
export function createTextPart(): TextPart {
  const known = new Map<string, string | null>();
  return (marked, slots) => {
    const found = slots.areWords() ? known.get(marked) : null;
    if (found) return slots.text(found);
    const text = toText(slots.html(marked));
    if (found === undefined) {
      const common = toText(marked);
      if (known.size >= capacity) known.clear();
      known.set(marked, slots.text(common) === text ? common : null);
    }
    return text;
  };
}
