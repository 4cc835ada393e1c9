// A web server on which nobody holds a connection by being slow: head, body and the reading of the answer have deadlines.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** All in ms but `connections`. */
export type ServerLimits = {
  /** From the first byte of a connection or request to the end of its head. */
  headMs: number;
  /** To the end of its body. */
  requestMs: number;
  /** From the head to the last byte of the answer that was taken: longer than everything of ours takes to answer. */
  answerMs: number;
  /** Open at a time; more are refused. */
  connections: number;
};

const LIMITS: ServerLimits = { headMs: 8_000, requestMs: 10_000, answerMs: 30_000, connections: 5_000 };
/** Node looks for late requests now and then, every 30 s unless told: https://nodejs.org/api/http.html#httpcreateserveroptions-requestlistener */
const LOOKS = 5;
const MOST_HEADERS = 60;

/** Whom a request is taken to be for that names nobody: HTTP/1.0 knows no Host header, and balancers ask for health with it. */
export const WITHOUT_HOST = { hostname: 'localhost' };

/** `listen` is the caller's. `limits` replace ours in tests. */
export function createLimitedServer(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  limits: Partial<ServerLimits> = {},
): Server {
  const { headMs, requestMs, answerMs, connections } = { ...LIMITS, ...limits };
  const options = {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.ceil(headMs / LOOKS),
  };
  const server = createServer(options, (request, response) => {
    const late = setTimeout(() => void request.socket.destroy(), answerMs).unref();
    response.once('close', () => clearTimeout(late));
    if (hostsOf(request) > 1) response.writeHead(400, { connection: 'close' }).end();
    else listener(request, response);
  });
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = connections;
  return server;
}

/** Node takes the first of several, a proxy in front may have taken the last: https://www.rfc-editor.org/rfc/rfc9112#section-3.2 wants 400. */
function hostsOf({ rawHeaders }: IncomingMessage): number {
  return rawHeaders.filter((word, index) => index % 2 === 0 && word.toLowerCase() === 'host').length;
}
