// What of a request the MCP SDK can answer: it waits for ever on a cancelled question, and takes names that every object has for tools.

const CANCELLED = 'notifications/cancelled';

/**
 * `body`: one message or a batch, as parsed; other values come back as they are. A cancellation is left out of a batch: it may be ignored
 * (https://modelcontextprotocol.io/specification/2025-06-18/basic/utilities/cancellation), and the answer of a cancelled question would never come.
 */
export function answerable(body: unknown): unknown {
  if (!Array.isArray(body)) return withToolName(body);
  return body.filter((message) => recordOf(message)?.['method'] !== CANCELLED).map(withToolName);
}

/** The SDK looks a tool up in a plain object: "constructor" is there, in quotes it is not. */
function withToolName(message: unknown): unknown {
  const params = recordOf(recordOf(message)?.['params']);
  const name = params?.['name'];
  if (typeof name !== 'string' || !(name in {})) return message;
  return { ...recordOf(message), params: { ...params, name: `"${name}"` } };
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
