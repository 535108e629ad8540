import type { Channel, Language } from '../../engine/model/contact.ts';

interface PageTexts {
  title: string;
  question: Record<Channel, (address: string) => string>;
  unsubscribe: string;
  done: Record<Channel, (address: string) => string>;
  resubscribe: string;
  back: Record<Channel, (address: string) => string>;
  transactional: string;
  invalid: string;
}

/** What the public pages say. */
export const texts: Record<Language, PageTexts> = {
  en: {
    title: 'Subscription',
    question: {
      email: (address) => `Stop sending news and offers to ${address}?`,
      sms: (address) => `Stop sending SMS with news and offers to ${address}?`,
    },
    unsubscribe: 'Unsubscribe',
    done: {
      email: (address) => `Done. ${address} will get no more news and offers.`,
      sms: (address) => `Done. ${address} will get no more SMS with news and offers.`,
    },
    resubscribe: 'It was a mistake: subscribe again',
    back: {
      email: (address) => `Welcome back. ${address} gets our news and offers again.`,
      sms: (address) => `Welcome back. ${address} gets our SMS with news and offers again.`,
    },
    transactional: 'Messages about your orders and requests still come.',
    invalid: 'This link is not valid. Please open it from the message itself.',
  },
  ru: {
    title: 'Подписка',
    question: {
      email: (address) => `Больше не присылать новости и предложения на ${address}?`,
      sms: (address) => `Больше не присылать SMS с новостями и предложениями на ${address}?`,
    },
    unsubscribe: 'Отписаться',
    done: {
      email: (address) => `Готово. Новости и предложения на ${address} больше не придут.`,
      sms: (address) => `Готово. SMS с новостями и предложениями на ${address} больше не придут.`,
    },
    resubscribe: 'Это ошибка: подписаться снова',
    back: {
      email: (address) => `С возвращением! Новости и предложения снова приходят на ${address}.`,
      sms: (address) => `С возвращением! SMS с новостями и предложениями снова приходят на ${address}.`,
    },
    transactional: 'Сообщения о ваших заказах и обращениях по-прежнему приходят.',
    invalid: 'Ссылка недействительна. Откройте её из самого сообщения.',
  },
};
