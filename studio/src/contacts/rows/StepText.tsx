import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionNames } from '../../api/definitions.ts';
import type { TimelineRow } from '../../api/types.ts';
import { inLanguage } from '../../parts/localized.ts';
import { TextLink } from '../../parts/TextLink.tsx';
import { EntryText } from '../../processes/EntryText.tsx';

export function StepText({ row }: { row: TimelineRow }) {
  const { i18n } = useTranslation();
  const { data: names } = useQuery(definitionNames('process'));
  const { process = '', instance, step, detail } = row;
  const [, part] = process.split('/');
  return (
    <>
      {part === undefined ? (
        <TextLink
          to="/processes/$key"
          params={{ key: process }}
          search={{ tab: 'instances', ...(instance !== undefined && { instance }) }}
          underline="always"
        >
          {inLanguage(names?.get(process) ?? process, i18n.language)}
        </TextLink>
      ) : (
        <PartName process={process} part={part} />
      )}
      {' · '}
      <EntryText entry={{ kind: String(row.title), ...(step !== undefined && { step }), detail }} />
    </>
  );
}

/** Steps inside a policy, a routing or a pipeline have no page of their own. */
function PartName({ process, part }: { process: string; part: string }) {
  const { t } = useTranslation();
  const [kind = '', id = process] = part.split(':');
  return (
    <>
      {t(`part.${kind}`, kind)} {id}
    </>
  );
}
