import { Chip, Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { pipelineList } from '../api/deals.ts';
import { useMe } from '../api/me.ts';
import { choices, people } from '../api/people.ts';
import { inLanguage } from '../parts/localized.ts';
import { useSearchText } from '../parts/useSearchText.ts';

const route = getRouteApi('/deals');
const shown = ['open', 'won', 'lost'] as const;

/** Values of the filter that are no keys of users. */
const [mine, nobody] = ['@me', '@nobody'];

/** The owner that the address asks for, as the API does. */
export function ownerOf(owner: string | undefined, me: string): { owner?: string | null } {
  if (owner === undefined || (owner === mine && me === '')) return {};
  return { owner: owner === nobody ? null : owner === mine ? me : owner };
}

interface Props {
  pipelines: Awaited<ReturnType<NonNullable<(typeof pipelineList)['queryFn']>>>;
  /** Key of the one that is shown. */
  pipeline: string;
}

/** Which pipeline, whose deals, open or over, and words to look for; all of it in the address. */
export function BoardFilters({ pipelines, pipeline }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { data: known = [] } = useQuery(people);
  const filter = route.useSearch();
  const navigate = route.useNavigate();
  const set = (part: Partial<typeof filter>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const search = useSearchText(filter.search ?? '', (text) => set({ search: text }));
  const show = shown.find((one) => one === filter.show) ?? 'open';
  return (
    <Group mb="md" gap="sm">
      {pipelines.length > 1 && (
        <Select
          w={210}
          aria-label={t('deals.pipeline')}
          allowDeselect={false}
          value={pipeline}
          onChange={(value) => set({ pipeline: value ?? '' })}
          data={pipelines.map(({ key, name }) => ({ value: key, label: inLanguage(name, i18n.language) }))}
        />
      )}
      <Chip.Group value={show} onChange={(value) => set({ show: value === 'open' ? '' : value })}>
        <Group gap={6} role="group" aria-label={t('deals.show')}>
          {shown.map((one) => (
            <Chip key={one} size="xs" value={one}>
              {t(`dealView.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Select
        w={190}
        aria-label={t('deals.owner')}
        placeholder={t('deals.everybodys')}
        clearable
        searchable
        value={filter.owner ?? null}
        onChange={(value) => set({ owner: value ?? '' })}
        data={[
          ...(me === '' ? [] : [{ value: mine, label: t('deals.mine') }]),
          { value: nobody, label: t('deals.nobodys') },
          ...choices(known),
        ]}
      />
      {show === 'open' && (
        <TextInput
          type="search"
          flex="1 1 200px"
          maw={340}
          aria-label={t('deals.search')}
          placeholder={t('deals.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          {...search}
        />
      )}
    </Group>
  );
}
