import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { people } from '../api/people.ts';

/** Names of users by their keys; a key that nobody has stands for itself. */
export function useUserName(): (user: string) => string {
  const { data: known = [] } = useQuery(people);
  return (user) => known.find(({ key }) => key === user)?.name ?? user;
}

/** Who did something: `user:<key>` by name, programs by what they are. */
export function useActorName(): (by: string) => string {
  const { t } = useTranslation();
  const userName = useUserName();
  return (by) => {
    const [kind = '', key = ''] = by.split(/:(.*)/s);
    return kind === 'user' ? userName(key) : t(`actor.${kind}`, kind);
  };
}
