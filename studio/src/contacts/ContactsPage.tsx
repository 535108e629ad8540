import { Group, Select, TextInput } from '@mantine/core';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactList } from '../api/contacts.ts';
import { definitionNames } from '../api/definitions.ts';
import { Failure } from '../parts/Failure.tsx';
import { inLanguage } from '../parts/localized.ts';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { useSearchText } from '../parts/useSearchText.ts';
import { ContactTable } from './ContactTable.tsx';

const route = getRouteApi('/contacts');
const classes = ['cold', 'warm', 'hot'] as const;

export function ContactsPage() {
  const { t, i18n } = useTranslation();
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const set = (part: Partial<typeof filter>) => void navigate({ search: { ...filter, ...part }, replace: true });
  const search = useSearchText(filter.search ?? '', (text) => set({ search: text }));
  const list = useInfiniteQuery({ ...contactList(filter), placeholderData: keepPreviousData });
  const known = useQuery(definitionNames('segment'));
  const contacts = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some(Boolean);
  return (
    <>
      <PageHead title={t('nav.contacts')} note={t('contacts.note')} />
      <Group mb="md" gap="sm">
        <TextInput
          type="search"
          flex="1 1 240px"
          maw={420}
          aria-label={t('contacts.search')}
          placeholder={t('contacts.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          {...search}
        />
        <Select
          w={150}
          aria-label={t('contacts.class')}
          placeholder={t('contacts.class')}
          clearable
          value={filter.class ?? null}
          onChange={(value) => set({ class: value ?? '' })}
          data={classes.map((value) => ({ value, label: t(`class.${value}`) }))}
        />
        <Select
          w={220}
          aria-label={t('contacts.segment')}
          placeholder={t('contacts.segment')}
          clearable
          value={filter.segment ?? null}
          onChange={(value) => set({ segment: value ?? '' })}
          data={[...(known.data ?? [])].map(([value, name]) => ({ value, label: inLanguage(name, i18n.language) }))}
        />
      </Group>
      {list.isPending && <RowsSkeleton />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && contacts.length === 0 && (
        <Nothing
          icon={IconUsers}
          title={filtered ? t('contacts.notFound') : t('contacts.empty')}
          hint={filtered ? t('contacts.notFoundHint') : t('contacts.emptyHint')}
        />
      )}
      {contacts.length > 0 && <ContactTable contacts={contacts} />}
      <MoreButton list={list} />
    </>
  );
}
