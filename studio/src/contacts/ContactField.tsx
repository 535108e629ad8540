import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleToName } from '../api/subjects.ts';
import { contactName } from './name.ts';

interface Props {
  label: string;
  placeholder?: string;
  /** Id of a contact, or an address that nobody has yet; empty: nobody is chosen. */
  value: string;
  onChange: (value: string) => void;
  /** Also takes the email or phone of somebody who is not known yet. */
  newToo?: boolean;
}

/** Somebody, found by a part of the name, an address or the company. */
export function ContactField({ value, onChange, newToo = false, ...field }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, 250);
  // What is chosen stands in the field as its name: that is no search.
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  const found = useQuery({
    ...peopleToName(search === chosen?.label ? '' : search),
    placeholderData: keepPreviousData,
  });
  const people = (found.data ?? []).map((one) => ({ value: one.id, label: nameAndCompany(one) }));
  const stranger = newToo && addressIn(text) !== undefined && people.length === 0;
  const fresh = stranger ? [{ value: text.trim(), label: t('contacts.addNew', { address: text.trim() }) }] : [];
  const others = [...people, ...fresh].filter((one) => one.value !== chosen?.value);
  return (
    <Select
      {...field}
      searchable
      clearable
      nothingFoundMessage={found.isFetching ? t('common.loading') : t('contacts.notFound')}
      // The server has filtered already.
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      value={value === '' ? null : value}
      onChange={(next, option) => {
        setChosen(next === null || option === null ? undefined : { value: next, label: option.label });
        onChange(next ?? '');
      }}
      data={chosen === undefined ? others : [chosen, ...others]}
    />
  );
}

function nameAndCompany(contact: Parameters<typeof contactName>[0] & { company?: string | undefined }): string {
  return [contactName(contact), contact.company].filter(Boolean).join(' · ');
}

/** What a text is when it is an address: a contact's id is none. */
export function addressIn(text: string): { email: string } | { phone: string } | undefined {
  const address = text.trim();
  if (/^\S+@\S+\.\S+$/.test(address)) return { email: address };
  return /^\+?[\d\s()-]{10,}$/.test(address) ? { phone: address } : undefined;
}
