// Pictures in terminals that can show them: which protocol a terminal speaks, and the escape sequence for a PNG.

export type ImageTerminal = 'kitty' | 'iterm';

/** Kitty's graphics protocol takes at most 4,096 bytes of base64 per escape code (https://sw.kovidgoyal.net/kitty/graphics-protocol/). */
const CHUNK = 4096;
/** Width in character cells, for terminals of 80 and more; the height follows. */
const COLUMNS = 60;

/**
 * The escape sequence that draws a PNG at the cursor. Kitty's protocol takes the file in chunks and is told not to answer (its answers
 * would arrive as typed keys); iTerm2's takes it whole (https://iterm2.com/documentation-images.html).
 */
export function imageEscape(png: Uint8Array, terminal: ImageTerminal): string {
  const data = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString('base64');
  if (terminal === 'iterm') {
    return `\u001b]1337;File=inline=1;size=${png.byteLength};width=${COLUMNS};preserveAspectRatio=1:${data}\u0007`;
  }
  const count = Math.max(1, Math.ceil(data.length / CHUNK));
  const codes = Array.from({ length: count }, (_, index) => {
    const more = `m=${index < count - 1 ? 1 : 0}`;
    const keys = index === 0 ? `a=T,f=100,q=2,c=${COLUMNS},${more}` : `q=2,${more}`;
    return `\u001b_G${keys};${data.slice(index * CHUNK, (index + 1) * CHUNK)}\u001b\\`;
  });
  return codes.join('');
}

/**
 * What the terminal says of itself in its environment, or null when it does not claim to show pictures. Inside tmux and screen the
 * codes need wrapping and passing through is off by default, so no picture is sent there.
 */
export function detectImages(env: Readonly<Record<string, string | undefined>>): ImageTerminal | null {
  const term = env['TERM'] ?? '';
  const program = env['TERM_PROGRAM'] ?? '';
  if (env['TMUX'] !== undefined || /^(?:screen|tmux|dumb)/.test(term)) return null;
  if (env['KITTY_WINDOW_ID'] !== undefined || /^xterm-(?:kitty|ghostty)$/.test(term) || program === 'ghostty')
    return 'kitty';
  return /^(?:iTerm\.app|WezTerm)$/.test(program) || env['LC_TERMINAL'] === 'iTerm2' ? 'iterm' : null;
}
