import { Badge } from '@mantine/core';
import { IconFlame, IconSnowflake, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ScoreClass } from '../../../engine/model/contact.ts';

const looks = {
  cold: { color: 'blue', icon: IconSnowflake },
  warm: { color: 'orange', icon: IconSun },
  hot: { color: 'red', icon: IconFlame },
} as const;

export function ClassBadge({ value }: { value: ScoreClass }) {
  const { t } = useTranslation();
  const { color, icon: Sign } = looks[value];
  return (
    <Badge variant="light" color={color} tt="none" leftSection={<Sign size={13} aria-hidden />}>
      {t(`class.${value}`)}
    </Badge>
  );
}
