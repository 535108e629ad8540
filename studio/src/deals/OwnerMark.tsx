import { Avatar, type MantineColor, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { people } from '../api/people.ts';

/** Those whose tinted text the theme makes readable. */
const colours: MantineColor[] = ['blue', 'grape', 'green', 'indigo', 'orange', 'pine', 'teal', 'violet'];

/** Whose a deal is: the initials, with the name for whoever looks closer or listens. */
export function OwnerMark({ user }: { user: string | undefined }) {
  const { t } = useTranslation();
  const { data: known } = useQuery(people);
  const name = user === undefined ? undefined : (known?.find(({ key }) => key === user)?.name ?? user);
  const label = name === undefined ? t('deals.nobodys') : t('deals.ownedBy', { name });
  return (
    <Tooltip label={label} openDelay={300}>
      <Avatar
        size={24}
        radius="xl"
        {...(name === undefined ? { color: 'gray' } : { name, color: 'initials', allowedInitialsColors: colours })}
        role="img"
        aria-label={label}
        alt={label}
      />
    </Tooltip>
  );
}
