import { Box, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../api/types.ts';
import { dayName } from '../parts/time.ts';
import { RowLine } from './RowLine.tsx';

interface Props {
  rows: TimelineRow[];
  /** What can be done about a row, shown on it. */
  deedOf: ((row: TimelineRow) => ReactNode) | undefined;
}

/** Rows of a timeline, day by day. */
export function TimelineDays({ rows, deedOf }: Props) {
  const { i18n } = useTranslation();
  const days = Map.groupBy(rows, ({ at }) => dayName(new Date(at), i18n.language));
  return (
    <Stack gap="lg">
      {[...days].map(([day, lines]) => (
        <Box key={day} component="section" aria-label={day}>
          <Title order={3} size="h6" c="dimmed" mb="xs" className="capital">
            {day}
          </Title>
          <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
            {lines.map((row) => (
              <RowLine key={row.id} row={row} deed={deedOf?.(row)} />
            ))}
          </Stack>
        </Box>
      ))}
    </Stack>
  );
}
