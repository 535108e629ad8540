import { Avatar, Box, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { saveMe } from '../api/me.ts';
import { people } from '../api/people.ts';
import { Failure } from '../parts/Failure.tsx';
import { Nothing } from '../parts/Nothing.tsx';
import { RowsSkeleton } from '../parts/PageSkeleton.tsx';

/** Asks whoever sits here for their name; everything that waits for a person begins with that. */
export function ChooseMe({ hint }: { hint: string }) {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(people);
  if (isPending) return <RowsSkeleton />;
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  const known = data.filter(({ active }) => active);
  if (known.length === 0) {
    return <Nothing icon={IconUserQuestion} title={t('me.nobody')} hint={t('me.nobodyHint')} />;
  }
  return (
    <Box maw={880} mx="auto" pt="lg">
      <Nothing icon={IconUserQuestion} title={t('app.me')} hint={hint} />
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} m={0} p={0} style={{ listStyle: 'none' }}>
        {known.map(({ key, name, role }) => (
          <li key={key}>
            <UnstyledButton className="person" onClick={() => saveMe(key)}>
              <Avatar name={name} color="pine" alt="" />
              <span>
                <Text fw={600}>{name}</Text>
                <Text size="sm" c="dimmed">
                  {role}
                </Text>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </SimpleGrid>
    </Box>
  );
}
