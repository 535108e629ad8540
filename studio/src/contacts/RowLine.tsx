import { Box, Group, Text, ThemeIcon } from '@mantine/core';
import {
  IconBolt,
  IconCheckbox,
  IconFileText,
  IconMail,
  IconRoute,
  IconShieldCheck,
  IconTrendingUp,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RowType, TimelineRow } from '../api/types.ts';
import { Moment } from '../parts/Moment.tsx';
import { clockTime } from '../parts/time.ts';
import { DocumentText } from './rows/DocumentText.tsx';
import { EventText } from './rows/EventText.tsx';
import { MessageText } from './rows/MessageText.tsx';
import { RecordText } from './rows/RecordText.tsx';
import { ScoreText } from './rows/ScoreText.tsx';
import { StepText } from './rows/StepText.tsx';
import { TaskText } from './rows/TaskText.tsx';

const looks = {
  event: { icon: IconBolt, color: 'yellow', Words: EventText },
  score: { icon: IconTrendingUp, color: 'grape', Words: ScoreText },
  message: { icon: IconMail, color: 'blue', Words: MessageText },
  step: { icon: IconRoute, color: 'pine', Words: StepText },
  record: { icon: IconShieldCheck, color: 'gray', Words: RecordText },
  task: { icon: IconCheckbox, color: 'orange', Words: TaskText },
  document: { icon: IconFileText, color: 'teal', Words: DocumentText },
} satisfies Record<RowType, unknown>;

/** One thing that happened to a contact, and what can be done about it. */
export function RowLine({ row, deed }: { row: TimelineRow; deed: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { icon: Sign, color, Words } = looks[row.type];
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <ThemeIcon variant="light" color={color} radius="xl" size={28} aria-label={t(`row.${row.type}`)} role="img">
        <Sign size={16} aria-hidden />
      </ThemeIcon>
      <Box miw={0} flex={1}>
        <Text size="sm" component="div" className="wrapped">
          <Words row={row} />
        </Text>
        <Text size="xs" c="dimmed" component="div">
          {clockTime(new Date(row.at), i18n.language)} · <Moment at={row.at} size="xs" span />
        </Text>
      </Box>
      {deed}
    </Group>
  );
}
