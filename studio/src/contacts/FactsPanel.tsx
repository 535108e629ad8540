import { useTranslation } from 'react-i18next';
import type { Contact } from '../api/types.ts';
import { Facts } from '../parts/Facts.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Panel } from '../parts/Panel.tsx';

export function FactsPanel({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('contacts.facts')}>
      <Facts
        facts={[
          [t('contacts.email'), contact.email],
          [t('contacts.phone'), contact.phone],
          [t('contacts.company'), contact.company],
          [t('contacts.owner'), contact.owner ?? t('contacts.nobody')],
          [t('app.language'), t(`language.${contact.language}`)],
          [t('contacts.timezone'), contact.timezone ?? t('contacts.unknownZone')],
          [t('contacts.since'), <Moment key="since" at={contact.createdAt} />],
          ...Object.entries(contact.attributes).map(([name, value]): [string, string] => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        ]}
      />
    </Panel>
  );
}
