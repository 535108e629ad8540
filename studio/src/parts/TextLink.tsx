import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type Props = Omit<AnchorProps, 'href'> & Omit<ComponentProps<'a'>, keyof AnchorProps>;

function Text(props: Props) {
  return <Anchor size="sm" {...props} />;
}

/** A link within the studio that looks as text links do. */
export const TextLink = createLink(Text);
