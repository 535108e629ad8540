/** What came back from the API. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests look into whatever came; wrong shapes fail their expectations.
  // biome-ignore lint/suspicious/noExplicitAny: the body of an HTTP answer is unknown by nature
  body: any;
}

/** A request with the API key; `headers` may take it away. A text goes as it is. An answer that is no JSON comes as text. */
export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export function caller(url: string, apiKey: string): Call {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
}
