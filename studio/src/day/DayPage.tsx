import { Button, Group, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { people } from '../api/people.ts';
import { day as dayQuery } from '../api/tasks.ts';
import { ChooseMe } from '../parts/ChooseMe.tsx';
import { Failure } from '../parts/Failure.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';
import { dayName } from '../parts/time.ts';
import { useNow } from '../parts/useNow.ts';
import './day.css';
import { DayLists } from './DayLists.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import { greetingAt } from './moments.ts';
import { NewTask } from './NewTask.tsx';
import { Progress } from './Progress.tsx';

const route = getRouteApi('/day');

/** What somebody has to do, the most pressing first: one's own day, or a colleague's. */
export function DayPage() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const now = useNow();
  const navigate = route.useNavigate();
  const whose = route.useSearch().user ?? me;
  const { data: known = [], isSuccess } = useQuery(people);
  const somebody = !isSuccess || known.some(({ key }) => key === whose);
  const { data: day, error, isPending, refetch } = useQuery(dayQuery(somebody ? whose : ''));
  const [planning, { open: plan, close: planned }] = useDisclosure();
  const name = known.find(({ key }) => key === whose)?.name ?? whose;
  const date = dayName(new Date(now), i18n.language);
  if (whose === '' || !somebody) {
    return (
      <>
        <PageHead title={t('nav.day')} note={date} />
        <ChooseMe hint={t('day.chooseHint')} />
      </>
    );
  }
  const mine = whose === me;
  const title = mine ? t(`greeting.${greetingAt(now)}`, { name: name.split(' ')[0] }) : t('day.of', { name });
  return (
    <>
      <PageHead title={title} note={<span className="capital day-date">{date}</span>}>
        <Group gap="xs">
          {day && <Progress day={day} />}
          <KeysHelp />
          <Select
            size="sm"
            w={180}
            aria-label={t('day.whoseDay')}
            title={t('day.whoseDay')}
            searchable
            allowDeselect={false}
            value={whose}
            onChange={(user) => void navigate({ search: user === null || user === me ? {} : { user } })}
            data={known
              .filter(({ active, key }) => active || key === whose)
              .map((one) => ({ value: one.key, label: one.key === me ? t('day.mine') : one.name }))}
          />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={plan}>
            {t('day.newTask')}
          </Button>
        </Group>
      </PageHead>
      {isPending && <RowsSkeleton height={64} />}
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {day && <DayLists key={whose} day={day} mine={mine} onPlan={plan} />}
      <NewTask opened={planning} onClose={planned} assignee={whose} />
    </>
  );
}
