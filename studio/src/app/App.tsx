import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { useAccess } from '../api/access.ts';
import { ApiProblem } from '../api/client.ts';
import { KeyGate } from './KeyGate.tsx';
import { createStudioRouter } from './router.tsx';
import { cssVariables, theme } from './theme.ts';

/** Waiting does not mend a refusal: only a server that is away or in trouble is asked again. */
function worthRetrying(attempts: number, error: Error): boolean {
  return attempts < 2 && !(error instanceof ApiProblem && error.status < 500);
}

export function App() {
  const access = useAccess();
  const [router] = useState(createStudioRouter);
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, staleTime: 2_000 } } }),
  );
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={cssVariables}>
      <Notifications position="bottom-right" />
      {access === 'open' ? (
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      ) : (
        <KeyGate refused={access === 'refused'} onKey={() => queries.clear()} />
      )}
    </MantineProvider>
  );
}
