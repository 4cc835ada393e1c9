// Pictures in terminals: the escape sequences of Kitty and iTerm2, both of which take PNG directly.

export type ImageTerminal = 'kitty' | 'iterm';

/** Which kind of picture a terminal understands, by what it says of itself; null: none. */
export function detectImages(environment: Readonly<Record<string, string | undefined>>): ImageTerminal | null {
  const program = environment['TERM_PROGRAM'] ?? environment['LC_TERMINAL'] ?? '';
  if (environment['KITTY_WINDOW_ID'] !== undefined || environment['TERM'] === 'xterm-kitty' || program === 'ghostty') return 'kitty';
  return program === 'iTerm.app' || program === 'iTerm2' || program === 'WezTerm' ? 'iterm' : null;
}

/** Largest base64 chunk of one Kitty escape sequence (Kitty graphics protocol). */
const KITTY_CHUNK = 4096;

/** The escape sequence that shows a PNG at the cursor, about 60 columns wide. */
export function imageEscape(png: Uint8Array, terminal: ImageTerminal): string {
  const data = Buffer.from(png).toString('base64');
  if (terminal === 'iterm') return `\u001b]1337;File=inline=1;width=60;preserveAspectRatio=1;size=${png.byteLength}:${data}\u0007`;
  const chunks = data.match(new RegExp(`.{1,${KITTY_CHUNK}}`, 'g')) ?? [];
  return chunks.map((chunk, index) => `\u001b_G${index === 0 ? 'a=T,f=100,c=60,' : ''}m=${index === chunks.length - 1 ? 0 : 1};${chunk}\u001b\\`).join('');
}
