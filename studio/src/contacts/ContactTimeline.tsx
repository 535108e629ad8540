import { Box, Chip, Group, Stack, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactTimeline } from '../api/contacts.ts';
import type { ContactMoment, MomentKind } from '../api/types.ts';
import { Failure } from '../parts/Failure.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { Panel } from '../parts/Panel.tsx';
import { dayName } from '../parts/time.ts';
import { MomentLine } from './MomentLine.tsx';

const route = getRouteApi('/contacts/$id');
const kinds: MomentKind[] = ['journey', 'message', 'event', 'score', 'record', 'task'];

/** Everything that happened to a contact, latest first, by day. */
export function ContactTimeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const kind = kinds.find((one) => one === show);
  const list = useInfiniteQuery(contactTimeline(id, kind));
  const moments = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('contacts.timeline')}>
      <Chip.Group value={kind ?? ''} onChange={(value) => void navigate({ search: { show: value }, replace: true })}>
        <Group gap={6} mb="md" role="group" aria-label={t('contacts.filter')}>
          <Chip size="xs" value="">
            {t('contacts.everything')}
          </Chip>
          {kinds.map((one) => (
            <Chip key={one} size="xs" value={one}>
              {t(`moment.${one}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {list.isPending && <RowsSkeleton height={40} />}
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && moments.length === 0 && (
        <Nothing icon={IconHistory} heading={3} title={t('contacts.noMoments')} hint={t('contacts.noMomentsHint')} />
      )}
      <Days moments={moments} />
      <MoreButton list={list} />
    </Panel>
  );
}

function Days({ moments }: { moments: ContactMoment[] }) {
  const { i18n } = useTranslation();
  const days = Map.groupBy(moments, ({ at }) => dayName(new Date(at), i18n.language));
  return (
    <Stack gap="lg">
      {[...days].map(([day, lines]) => (
        <Box key={day} component="section" aria-label={day}>
          <Title order={3} size="h6" c="dimmed" mb="xs" className="capital">
            {day}
          </Title>
          <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
            {lines.map((moment) => (
              <MomentLine key={moment.id} moment={moment} />
            ))}
          </Stack>
        </Box>
      ))}
    </Stack>
  );
}
