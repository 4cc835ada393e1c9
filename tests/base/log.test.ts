// No secret is printed, in whatever form it travels, and what is thrown is named.
import { describe, expect, it } from 'vitest';
import { createLog, createRedact, plainError } from '../../src/base/log.ts';
import { readConfig } from '../../src/config/config.ts';
import { secretsOf } from '../../src/config/secrets.ts';

const SECRET = 'p@ss "w\\rd/ö+#1';

describe('a secret is cut out', () => {
  it.each([
    ['as it is', SECRET],
    ['in JSON', JSON.stringify({ password: SECRET })],
    ['in JSON inside JSON', JSON.stringify({ body: JSON.stringify({ password: SECRET }) })],
    ['percent-encoded', `https://x.example/?p=${encodeURIComponent(SECRET)}`],
    [
      'percent-encoded in lower case',
      `p=${encodeURIComponent(SECRET).replaceAll(/%../g, (code) => code.toLowerCase())}`,
    ],
    ['in a form', `p=${encodeURIComponent(SECRET).replaceAll('%20', '+')}`],
  ])('%s', (_form, text) => {
    const clean = createRedact([SECRET])(text);
    expect(clean).toContain('[secret]');
    expect(clean).not.toMatch(/p(?:@|%40)ss/iu);
  });

  it('also when one secret is part of another', () => {
    expect(createRedact(['abcd', 'abcd-efgh'])('x abcd-efgh y abcd')).toBe('x [secret] y [secret]');
  });

  it('from every line of the log', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'info', secrets: [SECRET], write: (line) => void lines.push(line) });
    log.error({ err: new Error(`refused: ${SECRET}`), detail: `https://x/?k=${encodeURIComponent(SECRET)}` }, 'failed');
    expect(lines.join('')).not.toMatch(/p(?:@|%40)ss/iu);
  });

  it.each([0, 1, 2, 3])('in base64 behind %i other bytes, in both alphabets', (before) => {
    const bytes = Buffer.from(`${'u'.repeat(before)}${SECRET}:more`);
    for (const alphabet of ['base64', 'base64url'] as const) {
      const clean = createRedact([SECRET])(`Basic ${bytes.toString(alphabet)}`);
      expect(clean).toContain('[secret]');
      // What is left decodes to nothing longer than a letter of it at each end.
      for (const rest of clean.replace('Basic ', '').split('[secret]'))
        expect(Buffer.from(rest, alphabet).toString('latin1')).not.toMatch(/p@s|\\rd/);
    }
  });

  it.each([480, 490, 499])('before a text is shortened: nothing is left of one that stands at %i', (at) => {
    const token = 'xq7-0123456789abcdefghijkl';
    const lines: string[] = [];
    const log = createLog({ level: 'info', secrets: [token], write: (line) => void lines.push(line) });
    log.error({ err: new Error(`${'.'.repeat(at)}${token}`) }, 'an error');
    log.error({ err: { key: `${'.'.repeat(at)}${token}` } }, 'something else');
    log.error({ err: { key: `${'.'.repeat(285)}${token}` } }, 'a long text inside');
    log.error({ detail: `${'.'.repeat(at)}${token}${'.'.repeat(100)}` }, 'a long detail');
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain('xq7');
    expect(lines.at(-1)?.length).toBeLessThan(700);
  });

  it.each([
    'https://discord.com/api/webhooks/123/aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEy/messages',
    'xoxb-1-2-abc',
    'https://hooks.slack.com/commands/T1/2/abc',
    'no such code: 1234567890.9876543210.0123456789abcdef0123456789abcdef',
  ])('by its shape: %s', (text) => {
    expect(createRedact([])(text)).toMatch(/\[secret\]/);
    expect(createRedact([])(text)).not.toMatch(/aW50|abc/);
  });

  it.each([
    ['postgres://u:hunter2%401@db.example/x', ['hunter2%401', 'hunter2@1']],
    ['postgres://u:a@hunter2@db.example/x', ['a@hunter2', 'a%40hunter2']],
    ['postgres://db.example/x?user=u&password=hunter2', ['hunter2']],
  ])('of %s', (url, passwords) => {
    expect(secretsOf(readConfig({ DATABASE_URL: url }))).toEqual(expect.arrayContaining(passwords));
  });
});

describe('what is thrown is named', () => {
  class Refusal {
    status = 403;
  }
  it.each([
    [new TypeError('bad'), 'TypeError', 'bad'],
    ['just text', 'thrown string', 'just text'],
    [{ code: 'ECONNRESET' }, 'thrown Object', 'ECONNRESET'],
    [new Refusal(), 'thrown Refusal', '403'],
    [undefined, 'thrown undefined', 'undefined'],
    [null, 'thrown null', 'null'],
    [Object.create(null), 'thrown object', ''],
  ])('%o', (thrown: unknown, name, words) => {
    const error = plainError(thrown, (text) => text) as { name: string; message: string };
    expect(error.name).toBe(name);
    expect(error.message).toContain(words);
  });

  it('an error that is its own cause, or stands at the end of very many', () => {
    const own = new Error('own');
    own.cause = own;
    let last = new Error('first');
    for (let count = 0; count < 100_000; count++) last = new Error('next', { cause: last });
    for (const error of [own, last])
      expect(JSON.stringify(plainError(error, (text) => text)).length).toBeLessThan(10_000);
  });
});
