import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Approval } from '../api/approvals.ts';
import { documentPdf } from '../api/documents.ts';

/** What lies before the reader. A document that changes meanwhile does not take its place before they have taken note. */
export interface Shown {
  round: number;
  document: Approval['document'];
  /** Of just the bytes that are shown; absent while they are fetched, and where there are none. */
  sha256?: string;
  /** Whether it lies before the reader's eyes, or there is nothing to be shown. */
  ready: boolean;
  markReady: (bytes: Uint8Array) => void;
  /** Whether something else is to be decided by now. */
  outdated: boolean;
  /** Shows what is to be decided now. */
  catchUp: () => void;
}

export function useShown({ round, document }: Approval): Shown {
  const [seen, setSeen] = useState({ round, document });
  const [drawn, setDrawn] = useState<Uint8Array>();
  const { data } = useQuery({
    ...documentPdf(seen.document?.id ?? ''),
    enabled: seen.document !== undefined,
  });
  return {
    ...seen,
    ...(data && { sha256: data.sha256 }),
    ready: seen.document === undefined || (data !== undefined && drawn === data.bytes),
    markReady: setDrawn,
    outdated: seen.round !== round || seen.document?.sha256 !== document?.sha256,
    catchUp: () => setSeen({ round, document }),
  };
}
