// Loads the SDK of the Model Context Protocol part by part: all of it in one turn holds the event loop for a tenth of a second.
import { loadInTurns } from '../../base/loading/late-modules.ts';

/** Each after what it needs itself. The SDK's table of message types, some hundred schemas, takes a third of the time and is one file. */
const PARTS = [
  () => import('@modelcontextprotocol/sdk/server/zod-compat.js'),
  () => import('@modelcontextprotocol/sdk/types.js'),
  () => import('@modelcontextprotocol/sdk/server/zod-json-schema-compat.js'),
  () => import('@modelcontextprotocol/sdk/shared/protocol.js'),
  () => import('@modelcontextprotocol/sdk/validation/ajv-provider.js'),
  () => import('@modelcontextprotocol/sdk/server/index.js'),
  () => import('@modelcontextprotocol/sdk/server/mcp.js'),
  () => import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'),
] as const;

let loaded: ReturnType<typeof load> | undefined;

/** Loaded once; tried again after a failure. */
export function mcpSdk(): ReturnType<typeof load> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load() {
  await loadInTurns(PARTS);
  const { McpServer } = await import('@modelcontextprotocol/sdk/server/mcp.js');
  const { WebStandardStreamableHTTPServerTransport } =
    await import('@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js');
  return { McpServer, WebStandardStreamableHTTPServerTransport };
}
