import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

/** Reads a PDF in a worker; `close` it when it is no longer shown. @throws what pdf.js throws for bytes that are no PDF */
export function readPdf(bytes: Uint8Array): { pdf: Promise<PDFDocumentProxy>; close: () => void } {
  // The worker takes the bytes that it is given away from whoever gave them.
  const loading = getDocument({ data: bytes.slice(), isEvalSupported: false });
  return { pdf: loading.promise, close: () => void loading.destroy() };
}
