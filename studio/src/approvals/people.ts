import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionNames } from '../api/definitions.ts';
import { people } from '../api/people.ts';
import { inLanguage } from '../parts/localized.ts';

/** Names of users by their keys; a key that nobody has stands for itself. */
export function useUserName(): (user: string) => string {
  const { data: known = [] } = useQuery(people);
  return (user) => known.find(({ key }) => key === user)?.name ?? user;
}

/** Who did something: `user:<key>` by name, an instance by its process (its key), programs by what they are. */
export function useActorName(process: string | undefined): (by: string) => string {
  const { t, i18n } = useTranslation();
  const { data: processes } = useQuery(definitionNames('process'));
  const userName = useUserName();
  return (by) => {
    const [kind = '', key = ''] = by.split(/:(.*)/s);
    if (kind === 'user') return userName(key);
    const asking = kind === 'instance' && process !== undefined ? processes?.get(process) : undefined;
    return asking === undefined ? t(`actor.${kind}`, kind) : inLanguage(asking, i18n.language);
  };
}
