import { type PageViewport, type PDFPageProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';

interface Props {
  page: PDFPageProxy;
  /** CSS pixels. */
  width: number;
  label: string;
  onDrawn: () => void;
  onFailure: (error: Error) => void;
}

/** One page: drawn when it comes near to what is seen, with its text over it for selection and screen readers. */
export function PdfPage({ page, width, label, onDrawn, onFailure }: Props) {
  const frame = useRef<HTMLElement>(null);
  const near = useNear(frame);
  const viewport = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
  const { scale } = viewport;
  const style: CSSProperties & Record<'--total-scale-factor', number> = {
    width: viewport.width,
    height: viewport.height,
    '--total-scale-factor': scale,
  };
  useEffect(() => {
    if (!near || frame.current === null) return;
    const { ready, cancel } = show(page, page.getViewport({ scale }), frame.current);
    ready.then(onDrawn, (error: Error) => {
      if (!cancelled.has(error.name)) onFailure(error);
    });
    return cancel;
  }, [near, page, scale, onDrawn, onFailure]);
  return <figure ref={frame} aria-label={label} className="pdf-page" style={style} />;
}

/** What pdf.js throws for a page that is taken away before it is ready. */
const cancelled = new Set(['RenderingCancelledException', 'AbortException']);

function show(page: PDFPageProxy, viewport: PageViewport, frame: HTMLElement) {
  const density = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width * density);
  canvas.height = Math.floor(viewport.height * density);
  canvas.setAttribute('aria-hidden', 'true');
  const text = document.createElement('div');
  text.className = 'pdf-text';
  frame.append(canvas, text);
  const drawing = page.render({ canvas, viewport, transform: [density, 0, 0, density, 0, 0] });
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport });
  return {
    ready: Promise.all([drawing.promise, layer.render()]),
    cancel: () => {
      drawing.cancel();
      layer.cancel();
      frame.replaceChildren();
    },
  };
}

/** Whether an element is within a height of its scrolling frame from what is seen there. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const watch = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), {
      root: element.current.closest('.pdf-pages'),
      rootMargin: '100% 0px',
    });
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [element]);
  return near;
}
