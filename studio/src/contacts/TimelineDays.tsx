import { Box, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineRow } from '../api/types.ts';
import { dayName } from '../parts/time.ts';
import { RowLine } from './RowLine.tsx';

/** Rows of a timeline, day by day. */
export function TimelineDays({ rows }: { rows: TimelineRow[] }) {
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
              <RowLine key={row.id} row={row} />
            ))}
          </Stack>
        </Box>
      ))}
    </Stack>
  );
}
