import { ActionIcon, Group, Skeleton, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../Failure.tsx';
import './pdf.css';
import { PdfPage } from './PdfPage.tsx';
import { readPdf } from './read.ts';

const zooms = [1, 1.25, 1.5, 2, 3];
const nothing = () => {};

interface Props {
  bytes: Uint8Array;
  title: string;
  /** Buttons of whoever shows it. */
  children?: ReactNode;
  /** Told when its first page can be read. */
  onShown?: (bytes: Uint8Array) => void;
}

/** A PDF, as wide as there is room, drawn by ourselves: browsers on phones show none within a page. */
export function PdfView({ bytes, title, children, onShown }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [step, setStep] = useState(0);
  const { pages, error: unreadable } = usePages(bytes);
  const [undrawable, setUndrawable] = useState<Error>();
  const tellShown = useCallback(() => onShown?.(bytes), [bytes, onShown]);
  const error = unreadable ?? undrawable;
  const zoom = zooms[step] ?? 1;
  return (
    <div className="pdf">
      <Group justify="space-between" gap="xs" className="pdf-bar">
        <Text size="sm" c="dimmed">
          {pages && t('document.pages', { count: pages.length })}
        </Text>
        <Group gap={4}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('document.smaller')}
            disabled={step === 0}
            onClick={() => setStep(step - 1)}
          >
            <IconZoomOut size={18} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('document.larger')}
            disabled={step === zooms.length - 1}
            onClick={() => setStep(step + 1)}
          >
            <IconZoomIn size={18} />
          </ActionIcon>
          {children}
        </Group>
      </Group>
      {error && <Failure error={error} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section tabIndex={0} aria-label={title} className="pdf-pages">
        <div ref={ref}>
          {!error && (pages === undefined || width === 0) && <Skeleton height={480} />}
          {width > 0 &&
            pages?.map((page) => (
              <PdfPage
                key={page.pageNumber}
                page={page}
                width={Math.floor(width * zoom)}
                label={t('document.page', { page: page.pageNumber, count: pages.length })}
                onDrawn={page.pageNumber === 1 ? tellShown : nothing}
                onFailure={setUndrawable}
              />
            ))}
        </div>
      </section>
    </div>
  );
}

function usePages(bytes: Uint8Array): { pages?: PDFPageProxy[]; error?: Error } {
  const [read, setRead] = useState<{ bytes: Uint8Array; pages?: PDFPageProxy[]; error?: Error }>();
  useEffect(() => {
    let gone = false;
    const { pdf, close } = readPdf(bytes);
    const all = pdf.then((one) => Promise.all(Array.from({ length: one.numPages }, (_, n) => one.getPage(n + 1))));
    all.then(
      (pages) => {
        if (gone) return;
        setRead({ bytes, pages });
      },
      (error: Error) => {
        if (!gone) setRead({ bytes, error });
      },
    );
    return () => {
      gone = true;
      close();
    };
  }, [bytes]);
  return read?.bytes === bytes ? read : {};
}
