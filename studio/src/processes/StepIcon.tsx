import { ThemeIcon } from '@mantine/core';
import { IconArrowsSplit2, IconMail, IconUser, IconUsers, IconWorld } from '@tabler/icons-react';
import type { StepType } from '../../../engine/steps/define.ts';

const looks: Record<StepType['group'], { icon: typeof IconMail; color: string }> = {
  flow: { icon: IconArrowsSplit2, color: 'indigo' },
  contact: { icon: IconUser, color: 'grape' },
  messages: { icon: IconMail, color: 'pine' },
  people: { icon: IconUsers, color: 'orange' },
  outside: { icon: IconWorld, color: 'gray' },
};

export function StepIcon({ group }: { group: StepType['group'] }) {
  const { icon: Sign, color } = looks[group];
  return (
    <ThemeIcon variant="light" color={color} size={26} aria-hidden>
      <Sign size={16} />
    </ThemeIcon>
  );
}
