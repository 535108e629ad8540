import type { ApiDescription } from './openapi.ts';

/**
 * The description as one page: no script, nothing from elsewhere, so it works in a closed network and under the strictest
 * content policy.
 */
export function docsPage(description: ApiDescription): string {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  const sections = tags.map((tag) => {
    const those = operations.filter(({ operation }) => operation.tags.includes(tag));
    return `<section><h2 id="${slug(tag)}">${text(tag)}</h2>${those.map(operationHtml).join('')}</section>`;
  });
  const { title, version, description: about } = description.info;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)} API</title>
<style>${style}</style>
</head>
<body>
<nav aria-label="Resources"><strong>${text(title)} ${text(version)}</strong>
<ul>${tags.map((tag) => `<li><a href="#${slug(tag)}">${text(tag)}</a></li>`).join('')}</ul>
<a href="/api/openapi.json">openapi.json</a></nav>
<main><h1>${text(title)} API</h1><p>${text(about)}</p>${sections.join('')}</main>
</body>
</html>`;
}

type Operation = ApiDescription['paths'][string][string];

function operationHtml({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary, description, parameters, requestBody, responses, security } = operation;
  return `<details id="${operation.operationId}"><summary><code class="${method}">${method.toUpperCase()}</code>
<code>/api${text(path)}</code> ${text(summary)}${security?.length === 0 ? ' <em>public</em>' : ''}</summary>
${description === undefined ? '' : `<p>${text(description)}</p>`}
${parameters.length === 0 ? '' : `<h3>Parameters</h3><table>${parameters.map(parameterHtml).join('')}</table>`}
${requestBody === undefined ? '' : `<h3>Body</h3>${jsonHtml(requestBody)}`}
<h3>Answers</h3>${Object.entries(responses)
    .map(([status, response]) => `<h4>${text(status)}</h4>${jsonHtml(response)}`)
    .join('')}
</details>`;
}

function parameterHtml({ name, in: place, required, schema, description }: Operation['parameters'][number]): string {
  const about = description ?? (typeof schema.description === 'string' ? schema.description : '');
  return `<tr><th scope="row"><code>${text(name)}</code></th><td>${place}${required ? ', required' : ''}</td>
<td>${text(about)} <code>${text(JSON.stringify({ ...schema, description: undefined }))}</code></td></tr>`;
}

/** The schemas inside a body or an answer. */
function jsonHtml(part: object): string {
  const found = JSON.stringify(
    part,
    (name, value) => (name === 'additionalProperties' && value === false ? undefined : value),
    2,
  );
  return `<pre tabindex="0">${text(found)}</pre>`;
}

function slug(tag: string): string {
  return tag.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(raw: string): string {
  return raw.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; grid-template-columns: 14rem minmax(0, 60rem); gap: 2rem; margin: 0 }
nav { position: sticky; top: 0; align-self: start; padding: 1.5rem } nav ul { list-style: none; padding: 0 }
main { padding: 1.5rem 1.5rem 6rem 0 }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .6rem 0 }
summary { cursor: pointer } summary .get { color: #0a7d4f } summary .post { color: #1864ab }
summary .put, summary .patch { color: #a35200 } summary .delete { color: #b91c1c }
@media (prefers-color-scheme: dark) { summary .get { color: #4ade80 } summary .post { color: #74c0fc }
summary .put, summary .patch { color: #fbbf24 } summary .delete { color: #fca5a5 } }
pre { overflow: auto; max-height: 24rem; padding: 1rem; background: color-mix(in srgb, currentColor 7%, transparent) }
table { border-collapse: collapse } th, td { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top }
@media (max-width: 50rem) { body { display: block } nav { position: static } main { padding: 1.5rem } }
`;
