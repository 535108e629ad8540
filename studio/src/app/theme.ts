import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#e8f7f3',
  '#d3ebe4',
  '#a6d7c9',
  '#76c2ad',
  '#4fb095',
  '#37a586',
  '#289f7d',
  '#1a8a6b',
  '#0b7b5e',
  '#006a4f',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 8, dark: 8 },
  colors: { pine },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  autoContrast: true,
  luminanceThreshold: 0.25,
});

const tinted = ['pine', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'indigo', 'violet', 'grape', 'gray'];

/** Secondary and tinted text dark (or light) enough for a contrast of 4.5 on every background that they stand on. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a626b',
    '--mantine-color-placeholder': '#697077',
    ...Object.fromEntries(
      tinted.map((name) => [
        `--mantine-color-${name}-light-color`,
        `color-mix(in srgb, ${colors[name]?.[9]}, black 35%)`,
      ]),
    ),
  },
  dark: {
    '--mantine-color-dimmed': '#a9adb3',
    '--mantine-color-placeholder': '#9a9ea4',
    ...Object.fromEntries(tinted.map((name) => [`--mantine-color-${name}-light-color`, `${colors[name]?.[2]}`])),
  },
});
