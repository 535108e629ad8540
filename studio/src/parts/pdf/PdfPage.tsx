import { type PageViewport, type PDFPageProxy, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';

interface Props {
  page: PDFPageProxy;
  /** CSS pixels. */
  width: number;
  label: string;
}

/** One page: drawn when it comes near to what is seen, with its text over it for selection and screen readers. */
export function PdfPage({ page, width, label }: Props) {
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
    return show(page, page.getViewport({ scale }), frame.current);
  }, [near, page, scale]);
  return <figure ref={frame} aria-label={label} className="pdf-page" style={style} />;
}

/** @returns takes it away again */
function show(page: PDFPageProxy, viewport: PageViewport, frame: HTMLElement): () => void {
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
  // Both are cancelled when the page is taken away before they are ready.
  drawing.promise.catch(() => {});
  layer.render().catch(() => {});
  return () => {
    drawing.cancel();
    layer.cancel();
    frame.replaceChildren();
  };
}

/** Whether an element is within a screen's height of what is seen. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const watch = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), {
      rootMargin: '100% 0px',
    });
    watch.observe(element.current);
    return () => watch.disconnect();
  }, [element]);
  return near;
}
