import { Stack, Text, Title, type TitleOrder } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: Icon;
  title: string;
  /** What would have to happen for something to be here. */
  hint?: string;
  heading?: TitleOrder;
  children?: ReactNode;
}

/** An empty place, which says why it is empty. */
export function Nothing({ icon: Sign, title, hint, heading = 2, children }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <Sign size={44} stroke={1.3} aria-hidden color="var(--mantine-color-dimmed)" />
      <Title order={heading} size="h4">
        {title}
      </Title>
      {hint && (
        <Text c="dimmed" size="sm" maw={440}>
          {hint}
        </Text>
      )}
      {children}
    </Stack>
  );
}
