// What people, programs and operators ask for, each a kind of work whose longest turn of the event loop is looked for.
import type { Question } from '../process/question.ts';

/** What is done once: a question in Discord, or a request to the web server; `body` is posted. */
export type Kind = Question | { path: string; body?: unknown };

const NONSENSE = 'the banana of bitcoin cash in the morning to usd '.repeat(41).slice(0, 1970);

/** Model Context Protocol over plain requests; `Accept` is the same for all. */
const mcp = (method: string, params: object) => ({ path: '/mcp', body: { jsonrpc: '2.0', id: 1, method, params } });

/** By name, in the order in which they are done; none has been done before its turn, and the list of coins and subnets has arrived. */
export const KINDS: Readonly<Record<string, Kind>> = {
  help: { command: 'help' },
  coin: { command: 'coin', options: { coin: 'tao' } },
  chart: { command: 'chart', options: { coin: 'tao', range: '30d' } },
  'five coins': { command: 'compare', options: { coins: 'tao btc eth near render' } },
  convert: { command: 'convert', options: { query: '1 tao usd' } },
  question: { command: 'faq', options: { question: 'how do I stake my tao with a validator?' } },
  completion: { complete: 'coin', field: 'coin', text: 'artificialsuperintelligencealliancee' },
  mention: { mention: 'price tao near' },
  'mention of 2,000 characters': { mention: NONSENSE },
  subnets: { command: 'subnets' },
  subnet: { command: 'subnet', options: { subnet: 'sn1' } },
  network: { command: 'network' },
  about: { command: 'about' },
  'list of 100 digests': { command: 'digest list', options: { everywhere: true }, own: true },
  'list of 100 alerts': { command: 'alert list', own: true },
  'alert create': { command: 'alert create', options: { target: 'tao', condition: 'above 99000' } },
  'privacy export': { command: 'privacy export', own: true },
  'faq gaps': { command: 'faq-gaps' },
  'GET /': { path: '/' },
  'GET /ask': { path: '/ask?q=what%20is%20a%20subnet%3F' },
  'GET /coins/bittensor': { path: '/coins/bittensor' },
  'GET /coins/bitcoin': { path: '/coins/bitcoin' },
  'GET /subnets': { path: '/subnets' },
  'GET /subnets/1': { path: '/subnets/1' },
  'GET /charts/bittensor.png': { path: '/charts/bittensor.png?range=7d' },
  'GET /api/ask': { path: '/api/ask?q=%2Fprice%20tao' },
  'GET /api/subnets': { path: '/api/subnets' },
  'GET /api/subnets/1': { path: '/api/subnets/1' },
  'GET /style.css': { path: '/style.css' },
  'GET /robots.txt': { path: '/robots.txt' },
  'GET /nothing': { path: '/nothing' },
  'GET /readyz': { path: '/readyz' },
  'GET /livez': { path: '/livez' },
  'GET /metrics': { path: '/metrics' },
  'MCP initialize': mcp('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  }),
  'MCP tools': mcp('tools/list', {}),
  'MCP price': mcp('tools/call', { name: 'price', arguments: { coins: 'tao' } }),
};
