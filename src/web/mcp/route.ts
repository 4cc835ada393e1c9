// `/mcp`: the Model Context Protocol over streamable HTTP, without sessions; the SDK is loaded when the first assistant comes.
import type { Handler } from 'hono';
import { ANSWER, toolAnswer } from './answer.ts';
import { answerable } from './messages.ts';
import { invocationOf, schemaOf, TOOLS } from './tools.ts';
import { takeFurther } from '../client-address.ts';
import type { WebContext } from '../context.ts';
import { tooMany } from '../request-rules.ts';
import { mcpSdk } from './sdk.ts';

const INSTRUCTIONS =
  'Live prices, charts and checked, dated answers on Bittensor (TAO) and AI coins. Say source and age with every number. Not financial advice.';

/** Each request has a server of its own, so nothing is kept and any process may answer (https://modelcontextprotocol.io/specification/2025-06-18/basic/transports). */
export function mcpRoute(web: WebContext): Handler {
  return async (c) => {
    if (!isOwnOrigin(c.req.header('origin'), web.services.defaults.publicUrl))
      return c.json({ error: 'pages of other sites may not ask here' }, 403);
    const body: unknown = await c.req.raw
      .clone()
      .json()
      .catch(() => undefined); // the transport says what is wrong with it
    const wait = takeFurther(Array.isArray(body) ? body.length - 1 : 0); // clients of 2025-03-26 may send a batch: each is a question of its own
    if (wait > 0) return tooMany(c, wait);
    const { server, transport } = await open(web);
    try {
      return await transport.handleRequest(c.req.raw, { parsedBody: answerable(body) });
    } finally {
      await server.close();
    }
  };
}

async function open(web: WebContext) {
  const { McpServer, WebStandardStreamableHTTPServerTransport } = await mcpSdk();
  const server = new McpServer({ name: 'taobot', version: web.services.about.version }, { instructions: INSTRUCTIONS });
  for (const tool of TOOLS) {
    const { name, title, description } = tool;
    server.registerTool(
      name,
      {
        title,
        description: `${description} Every number says its source and age.`,
        inputSchema: schemaOf(tool),
        outputSchema: ANSWER,
        annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
      },
      async (given) => await toolAnswer(await web.run(invocationOf(name, given)), web.now()),
    );
  }
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  return { server, transport };
}

/**
 * Programs send no origin. Pages do: those of this machine and our own may ask, others not, even if they made their name point here (DNS
 * rebinding, which the transport's specification asks servers to refuse).
 */
function isOwnOrigin(origin: string | undefined, publicUrl: string | null): boolean {
  if (origin === undefined) return true;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin);
}
