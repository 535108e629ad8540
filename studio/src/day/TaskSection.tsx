import { Badge, Group, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  name: 'overdue' | 'today' | 'tomorrow' | 'later' | 'undated' | 'forRole' | 'doneToday';
  count: number;
  children: ReactNode;
}

/** Tasks that belong together; without any it is not there. What is overdue is not to be missed. */
export function TaskSection({ name, count, children }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (count === 0) return null;
  const loud = name === 'overdue';
  return (
    <section aria-labelledby={id} className="task-section" data-loud={loud || undefined}>
      <Group gap={8} mb={6}>
        {loud && <IconAlertTriangle size={20} aria-hidden />}
        <Title order={2} size="h4" id={id}>
          {t(`dayList.${name}`)}
        </Title>
        <Badge variant={loud ? 'filled' : 'light'} color={loud ? 'red' : 'gray'} circle={count < 10}>
          {count}
        </Badge>
      </Group>
      <ul className="tasks">{children}</ul>
    </section>
  );
}
