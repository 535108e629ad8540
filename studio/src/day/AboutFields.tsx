import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mattersOf } from '../api/subjects.ts';
import { ContactField } from '../contacts/ContactField.tsx';

/** Whom a new task is about, and which deal or ticket of theirs; ids, empty: none. */
export interface Subject {
  contact: string;
  /** `deal:<id>` or `ticket:<id>`. */
  matter: string;
}

interface Props {
  subject: Subject;
  onChange: (subject: Subject) => void;
}

export function AboutFields({ subject, onChange }: Props) {
  const { t } = useTranslation();
  const { data: matters } = useQuery(mattersOf(subject.contact));
  const options = [
    ...(matters?.deals ?? []).map(({ id, number, title }) => ({
      value: `deal:${id}`,
      label: t('day.deal', { number, title }),
    })),
    ...(matters?.tickets ?? []).map(({ id, number, subject: about }) => ({
      value: `ticket:${id}`,
      label: t('day.ticket', { number, subject: about || t('tickets.noSubject') }),
    })),
  ];
  return (
    <>
      <ContactField
        label={t('day.aboutWhom')}
        placeholder={t('day.aboutWhomHint')}
        value={subject.contact}
        onChange={(contact) => onChange({ contact, matter: '' })}
      />
      {options.length > 0 && (
        <Select
          label={t('day.aboutWhat')}
          placeholder={t('day.aboutNothing')}
          clearable
          value={subject.matter === '' ? null : subject.matter}
          onChange={(value) => onChange({ ...subject, matter: value ?? '' })}
          data={options}
        />
      )}
    </>
  );
}
