import { catalogue } from '../../../engine/errors/catalogue.ts';
import enDeals from '../../../texts/en.deals.json' with { type: 'json' };
import enForecast from '../../../texts/en.forecast.json' with { type: 'json' };
import en from '../../../texts/en.json' with { type: 'json' };
import enMoney from '../../../texts/en.money.json' with { type: 'json' };
import enWords from '../../../texts/en.vocabulary.json' with { type: 'json' };
import ruDeals from '../../../texts/ru.deals.json' with { type: 'json' };
import ruErrors from '../../../texts/ru.errors.json' with { type: 'json' };
import ruForecast from '../../../texts/ru.forecast.json' with { type: 'json' };
import ru from '../../../texts/ru.json' with { type: 'json' };
import ruMoney from '../../../texts/ru.money.json' with { type: 'json' };
import ruWords from '../../../texts/ru.vocabulary.json' with { type: 'json' };

/** What pages say, the words for values, and every error by its code; the engine's own catalogue is the English of those. */
export const texts = {
  en: { translation: { ...en, ...enDeals, ...enForecast, ...enMoney, ...enWords, error: catalogue } },
  ru: { translation: { ...ru, ...ruDeals, ...ruForecast, ...ruMoney, ...ruWords, error: ruErrors } },
};
