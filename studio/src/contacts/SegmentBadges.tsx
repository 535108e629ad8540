import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionNames } from '../api/definitions.ts';
import { inLanguage } from '../parts/localized.ts';

export function SegmentBadges({ keys }: { keys: string[] }) {
  const { i18n } = useTranslation();
  const { data: names } = useQuery(definitionNames('segment'));
  return (
    <Group gap={4}>
      {keys.map((key) => {
        const name = names?.get(key) ?? key;
        return (
          <Badge key={key} variant="light" color="gray" tt="none" fw={500}>
            {inLanguage(name, i18n.language)}
          </Badge>
        );
      })}
    </Group>
  );
}
