import { ActionIcon, Kbd, Popover, Stack, Switch, Table } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSingleKeys } from './useDayKeys.ts';

const keys = [['j', 'k'], ['d'], ['1', '9'], ['c'], ['p'], ['h'], ['t'], ['n'], ['u']] as const;

/** Which keys do what, and the switch for whom they are in the way. */
export function KeysHelp() {
  const { t } = useTranslation();
  const [on, setOn] = useSingleKeys();
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          visibleFrom="sm"
          aria-label={t('day.keys')}
          title={t('day.keys')}
        >
          <IconKeyboard size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('day.keys')}>
        <Stack gap="xs">
          <Switch checked={on} onChange={({ currentTarget }) => setOn(currentTarget.checked)} label={t('day.keysOn')} />
          <Table withRowBorders={false} verticalSpacing={2} aria-label={t('day.keys')}>
            <Table.Tbody>
              {keys.map(([one, other]) => (
                <Table.Tr key={one}>
                  <Table.Th fw={400} w={84}>
                    <Kbd size="xs">{one}</Kbd>
                    {other !== undefined && (
                      <>
                        {one === '1' ? ' – ' : ' '}
                        <Kbd size="xs">{other}</Kbd>
                      </>
                    )}
                  </Table.Th>
                  <Table.Td>{t(`dayKey.${one}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
