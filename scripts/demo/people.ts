export interface Person {
  firstName: string;
  lastName: string;
  company?: string;
  language: 'en' | 'ru';
  /** Mobile number without its last four digits, which make each appearance another person. */
  phone: string;
}

/** Who visits the shop in the demonstration. */
export const people: readonly Person[] = [
  { firstName: 'Анна', lastName: 'Соколова', language: 'ru', phone: '+7912345' },
  { firstName: 'James', lastName: 'Whitfield', company: 'Whitfield & Sons', language: 'en', phone: '+44791110' },
  { firstName: 'Дмитрий', lastName: 'Орлов', company: 'ООО «Северный ветер»', language: 'ru', phone: '+7916204' },
  { firstName: 'Мария', lastName: 'Кузнецова', language: 'ru', phone: '+7921777' },
  { firstName: 'Olivia', lastName: 'Bennett', language: 'en', phone: '+44791111' },
  { firstName: 'Тимур', lastName: 'Сафин', company: 'Сафин Логистика', language: 'ru', phone: '+7917555' },
  { firstName: 'Екатерина', lastName: 'Жданова', language: 'ru', phone: '+7903118' },
  { firstName: 'Henry', lastName: 'Okafor', company: 'Okafor Design', language: 'en', phone: '+44791112' },
  { firstName: 'Павел', lastName: 'Юрьев', language: 'ru', phone: '+7905660' },
  { firstName: 'Sofia', lastName: 'Marchetti', language: 'en', phone: '+44791113' },
  { firstName: 'Алсу', lastName: 'Гарипова', company: 'Гарипова и партнёры', language: 'ru', phone: '+7927404' },
  { firstName: 'Ilya', lastName: 'Brandt', language: 'en', phone: '+44791114' },
];
