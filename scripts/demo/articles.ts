/** What the demonstration's knowledge base holds, by key. */
export const articles: Readonly<Record<string, object>> = {
  'refund-terms': {
    title: { en: 'When is the money back?', ru: 'Когда вернутся деньги?' },
    body: {
      en: 'The money is on your card **within ten days** of the return.\n\n- by card: three to five days;\n- by bank transfer: up to ten days.\n\nThe receipt comes by mail on the same day.',
      ru: 'Деньги вернутся на карту **в течение десяти дней** после возврата товара.\n\n- на карту: три–пять дней;\n- банковским переводом: до десяти дней.\n\nЧек придёт письмом в тот же день.',
    },
    topics: ['billing'],
  },
  'where-is-my-order': {
    title: { en: 'Where is my order?', ru: 'Где мой заказ?' },
    body: {
      en: 'The courier calls an hour before the delivery. The link in the SMS shows where the parcel is.',
      ru: 'Курьер позвонит за час до доставки. По ссылке из SMS видно, где посылка.',
    },
    topics: ['delivery'],
  },
  'lamp-blinks': {
    title: { en: 'The lamp blinks', ru: 'Лампа мигает' },
    body: {
      en: 'A dimmer that is made for bulbs makes LED lamps blink. Turn it to the full, or replace it by one for LED.',
      ru: 'Диммер для ламп накаливания заставляет светодиодную лампу мигать. Поверните его до упора или замените на диммер для LED.',
    },
    topics: ['technical'],
  },
};
