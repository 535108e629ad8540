import { readBlob } from './access.ts';

/** Saves an attachment under its name. The key travels in a header, so a plain link would not do. */
export async function download(file: string, name: string): Promise<void> {
  save(await readBlob(`/files/${encodeURIComponent(file)}`), name);
}

/** Saves bytes that are here already. */
export function save(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
