// Reads a response body up to a limit that holds after decompression, so a small gzip bomb cannot fill the memory.
import type { Response } from 'undici';

/** The body as text, or null when it is longer than `maxBytes` or not valid UTF-8. Errors of the connection are thrown. */
export async function readBounded(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) return null; // leaving the loop cancels the stream and with it the connection
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return null;
  }
}
