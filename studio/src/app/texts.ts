import { catalogue } from '../../../engine/errors/catalogue.ts';
import en from '../../../texts/en.json' with { type: 'json' };
import enWords from '../../../texts/en.vocabulary.json' with { type: 'json' };
import ruErrors from '../../../texts/ru.errors.json' with { type: 'json' };
import ru from '../../../texts/ru.json' with { type: 'json' };
import ruWords from '../../../texts/ru.vocabulary.json' with { type: 'json' };

/** What pages say, the words for values, and every error by its code; the engine's own catalogue is the English of those. */
export const texts = {
  en: { translation: { ...en, ...enWords, error: catalogue } },
  ru: { translation: { ...ru, ...ruWords, error: ruErrors } },
};
