import { Typography } from '@mantine/core';
import ReactMarkdown from 'react-markdown';

/** Markdown as a page shows it: no HTML of its own gets through, links open in a new tab. */
export function Markdown({ text }: { text: string }) {
  return (
    <Typography fz="sm" className="wrapped">
      <ReactMarkdown
        components={{
          a: ({ href, children }) => (
            <a href={href} target="_blank" rel="noreferrer">
              {children}
            </a>
          ),
        }}
      >
        {text}
      </ReactMarkdown>
    </Typography>
  );
}
