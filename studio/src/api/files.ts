import { readBlob } from './access.ts';

/** Saves an attachment under its name. The key travels in a header, so a plain link would not do. */
export async function download(file: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await readBlob(`/files/${encodeURIComponent(file)}`));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
