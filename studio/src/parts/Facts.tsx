import { Box, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';

/** Names and values one under the other; facts without a value are left out. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode][] }) {
  return (
    <Box
      component="dl"
      m={0}
      style={{ display: 'grid', gridTemplateColumns: 'minmax(min-content, 38%) 1fr', gap: '6px 12px' }}
    >
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <Fragment key={name}>
            <Text component="dt" size="sm" c="dimmed" style={{ overflowWrap: 'break-word' }}>
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} className="wrapped">
              {value}
            </Text>
          </Fragment>
        ))}
    </Box>
  );
}
