import type { Language } from '../../../engine/model/contact.ts';
import en from '../../../texts/en.calls.json' with { type: 'json' };
import ru from '../../../texts/ru.calls.json' with { type: 'json' };
import type { CallEvent } from './reading.ts';

/** What tickets say of calls, in one language. */
export interface CallTexts {
  callBack(number: string): string;
  from(number: string): string;
  /** What happened. */
  told(event: CallEvent, number: string): string;
}

export const callTexts: Record<Language, CallTexts> = { en: textsOf(en), ru: textsOf(ru) };

function textsOf(texts: typeof en): CallTexts {
  return {
    callBack: (number) => filled(texts.callBack, { number }),
    from: (number) => filled(texts.from, { number }),
    told({ state, direction, seconds, recording }, number) {
      if (state === 'recorded') return filled(texts.recorded, { address: recording ?? '' });
      const text = filled(texts[nameOf(state, direction)], { number });
      return seconds === undefined ? text : filled(texts.seconds, { text, seconds: String(seconds) });
    },
  };
}

function nameOf(state: Exclude<CallEvent['state'], 'recorded'>, direction: CallEvent['direction']) {
  if (direction === 'out') return state === 'missed' ? 'unreached' : 'called';
  return state === 'started' ? 'from' : state;
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}
