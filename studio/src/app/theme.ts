import { createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e8f7f3', '#d3ebe4', '#a6d7c9', '#76c2ad', '#4fb095', '#37a586', '#289f7d', '#1a8a6b', '#0b7b5e', '#006a4f',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 5 },
  colors: { pine },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  autoContrast: true,
});
