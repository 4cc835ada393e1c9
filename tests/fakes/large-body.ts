// Sends a body that never ends, announced or in chunks, and reads the answer that comes meanwhile.
import { request } from 'node:http';

const PART = Buffer.alloc(16 * 1024, 'x');

/** `announced`: bytes promised in Content-Length; null: chunks without an end. Resolves with the answer and how many bytes were sent before it. */
export function postLargeBody(
  url: string,
  announced: number | null,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = false;
    const post = request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(announced === null ? {} : { 'content-length': String(announced) }),
        ...headers,
      },
    });
    const pump = (): void => {
      if (answered) return;
      sent += PART.length;
      post.write(PART, (error) => {
        if (error === null || error === undefined) setImmediate(pump);
      });
    };
    post.on('error', (error) => void (answered || reject(error)));
    post.on('response', (response) => {
      answered = true;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      const done = (): void => {
        resolve({ status: response.statusCode ?? 0, text, sent });
        post.destroy();
      };
      response.on('end', done).on('error', done);
    });
    pump();
  });
}
