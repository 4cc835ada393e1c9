// Terminal pictures: sparklines lose no peak, escape codes keep to their protocols, nothing is sent where it would be printed as letters.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectImages, imageEscape } from '../../../src/bots/terminal/image.ts';
import { brailleSparkline } from '../../../src/bots/terminal/sparkline.ts';

describe('brailleSparkline', () => {
  it('draws a rise from the lower left to the upper right', () => {
    expect(brailleSparkline([1, 2, 3, 4, 5, 6, 7, 8], 4, 2)).toEqual(['⠀⠀⡠⠊', '⡠⠊⠀⠀']);
  });

  it('keeps a single peak among a thousand values', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index === 500 ? 9 : 1));
    expect(brailleSparkline(values, 20, 3)[0]).toMatch(/[^⠀]/u);
  });

  it('has the size that was asked for, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double()),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 8 }),
        (values, width, height) => {
          const lines = brailleSparkline(values, width, height);
          expect(lines).toHaveLength(values.some(Number.isFinite) ? height : 0);
          for (const line of lines) expect(line).toMatch(new RegExp(`^[\\u2800-\\u28ff]{${width}}$`, 'u'));
        },
      ),
    );
  });
});

describe('pictures', () => {
  const png = Uint8Array.from({ length: 10_000 }, (_, index) => index % 256);
  const base64 = Buffer.from(png).toString('base64');

  it('goes to Kitty in chunks, without replies', () => {
    const codes = imageEscape(png, 'kitty').split('\u001b\\').slice(0, -1);
    expect(codes.every((code) => code.startsWith('\u001b_G'))).toBe(true);
    const parts = codes.map((code) => code.slice(3).split(';'));
    expect(parts.map((part) => part[0])).toEqual(['a=T,f=100,q=2,c=60,m=1', 'q=2,m=1', 'q=2,m=1', 'q=2,m=0']);
    expect(Math.max(...parts.map((part) => part[1]?.length ?? 0))).toBe(4096);
    expect(parts.map((part) => part[1]).join('')).toBe(base64);
  });

  it('goes to iTerm2 whole', () => {
    expect(imageEscape(png, 'iterm')).toBe(
      `\u001b]1337;File=inline=1;size=10000;width=60;preserveAspectRatio=1:${base64}\u0007`,
    );
  });

  it.each([
    [{ KITTY_WINDOW_ID: '1', TERM: 'xterm-kitty' }, 'kitty'],
    [{ TERM_PROGRAM: 'ghostty' }, 'kitty'],
    [{ TERM_PROGRAM: 'iTerm.app' }, 'iterm'],
    [{ LC_TERMINAL: 'iTerm2', TERM: 'xterm-256color' }, 'iterm'],
    [{ TERM_PROGRAM: 'WezTerm' }, 'iterm'],
    [{ TERM_PROGRAM: 'iTerm.app', TMUX: '/tmp/tmux' }, null],
    [{ KITTY_WINDOW_ID: '1', TERM: 'screen-256color' }, null],
    [{ TERM: 'xterm-256color' }, null],
    [{}, null],
  ] as const)('detects %j', (env, expected) => {
    expect(detectImages(env)).toBe(expected);
  });
});
