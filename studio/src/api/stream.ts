import { ApiProblem, authorization } from './client.ts';

/**
 * Reads server-sent events (WHATWG HTML, 9.2) by fetch, because an EventSource cannot carry the key in a header.
 * @throws ApiProblem when the stream is refused, TypeError when it breaks
 */
export async function listen(
  path: string,
  key: string | null,
  hear: (data: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const headers = { accept: 'text/event-stream', ...authorization(key) };
  const response = await fetch(`/api${path}`, { headers, signal });
  if (!response.ok || response.body === null) throw new ApiProblem(response.status, {});
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (text + value).split(/\r?\n\r?\n/);
    text = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
      if (lines.length > 0) hear(lines.map((line) => line.slice(5).trimStart()).join('\n'));
    }
  }
}
