// Hostile inputs through the whole bot: whatever is typed, nothing pings, nothing links elsewhere, no layout breaks, the platform never objects.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InteractionWish } from '../../fakes/discord/events.ts';
import { lookAt } from '../../fakes/discord/look.ts';
import { type DiscordScene, openDiscordScene } from '../../fakes/discord/scene.ts';
import type { FakeInteraction, FakeMessage } from '../../fakes/discord/state.ts';

const EVIL = 'https://evil.example';
/** What somebody types as a coin, a list, a question, an amount. */
const TYPED: Record<string, readonly string[]> = {
  S1: ['@everyone', '@here', '@\u200beveryone'],
  S2: [
    '<@&123456789012345678>',
    '<@!1>',
    '<#1>',
    '</coin:123456789012345678>',
    '<:tao:123456789012345678>',
    '<id:customize>',
  ],
  S3: ['<!channel>', '<!here|here>', '<!subteam^S1>'],
  S4: [
    `[Free TAO](${EVIL})`,
    `[x](<${EVIL}>)`,
    `[\u200bx](${EVIL})`,
    EVIL,
    'discord.gg/abcdef',
    `<${EVIL}>`,
    '<mailto:a@evil.example>',
  ],
  S5: [`<${EVIL}|coingecko.com>`],
  S6: ['../../v3/ping', 'bitcoin/../ping', 'bitcoin%2f..%2fping'],
  S7: ['bitcoin?x_cg_demo_api_key=1&', 'bitcoin#', 'bitcoin&vs_currencies='],
  S8: ['bitcoin\r\nHost: evil', 'a\nb\n# c\n> d'],
  S9: ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'],
  S10: ['ТАО', 'ｔａｏ', 'T\u200bAO'],
  S11: ['\u202eoat', '\u2066tao\u2069'],
  S12: ['x'.repeat(6000), '\u0301'.repeat(6000), '👩‍👩‍👧'.repeat(500)],
  S13: ['\u0000', 'a\ud800b', '\uffff', '\udc00'],
  S14: ["tao'); DROP TABLE subscription;--", '1 OR 1=1', "%' ESCAPE '"],
  S15: ['$(curl evil)', '`id`', '; rm -rf /', '| nc', '```'],
  S16: ['${process.env.DISCORD_TOKEN}', '{{7*7}}', '<%= 1 %>', '%s%n', '${jndi:ldap://x}'],
  S17: [
    `${'a'.repeat(5000)}!`,
    '('.repeat(6000),
    'tao '.repeat(1500),
    '`'.repeat(1000),
    '>'.repeat(500),
    '[]('.repeat(1000),
    '**'.repeat(1500),
  ],
  S18: ['NaN', 'Infinity', '-1', '1e309', '0x10'],
  S19: ['1,000.50', '1.000,50', '١٢٣', '1_000', '$400', '400k'],
  layout: [
    '# heading',
    '-# small',
    '> quote',
    '>>> all',
    '- list',
    '1. list',
    '||spoiler||',
    '~~gone~~',
    '__under__',
    '*',
    '_',
    '\\',
    '\\@everyone',
    '<t:0:R>',
    '<@',
    '](',
    '[]',
  ],
  S32: ['-1', '9e99', '1;2'],
};
const ALL = Object.entries(TYPED).flatMap(([id, inputs]) =>
  inputs.map((input, index) => [`${id}.${index}`, input] as const),
);

let scene: DiscordScene;
let count = 0;
beforeAll(async () => {
  scene = await openDiscordScene({ settings: { LOG_LEVEL: 'debug' } });
});
afterAll(() => scene.close());

const somebody = (): string => String(720_000_000_000_100_000n + BigInt(count++));

async function ask(wish: InteractionWish): Promise<FakeInteraction> {
  const asked = scene.discord.interact({ ...wish, id: somebody(), name: '@everyone [x](http://evil.example) \u202e' });
  await scene.discord.answered(asked);
  return asked;
}

/** Nothing in this message does anything but what our own markup wants. */
function expectInert(message: FakeMessage | null | undefined, typed: string): void {
  expect(message).toBeDefined();
  const look = lookAt(message?.body ?? {});
  expect(look.pings).toEqual([]);
  expect(look.dangling).toEqual([]);
  expect(
    look.links.filter(
      (link) =>
        !/^https:\/\/(www\.)?(coingecko\.com|taostats\.io|[a-z.]*bittensor\.com|docs\.taostats\.io)\//.test(link),
    ),
  ).toEqual([]);
  expect(look.lines.filter((kind) => !['', '-#', '-', '#', '##', '###'].includes(kind))).toEqual([]);
  expect(look.text).not.toMatch(
    /function |\[object|undefined|NaN|\$0\.00/.test(typed) ? /^$/ : /function \w+\(|\[object |\bundefined\b/,
  );
  expect(look.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\ud800-\udfff](?![\udc00-\udfff])/u);
}

describe('typed text', () => {
  it.each(ALL)('%s', async (_id, input) => {
    const wishes: InteractionWish[] = [
      { command: 'coin', options: { coin: input } },
      { command: 'price', options: { coins: input, currency: input.slice(0, 50) } },
      { command: 'faq', options: { question: input } },
      { command: 'convert', options: { amount: input, from: 'tao', to: input } },
    ];
    const asking = Promise.all([...wishes, { messageCommand: 'Answer from FAQ', content: input }].map(ask));
    const id = scene.discord.message({
      content: `<@${scene.discord.botId}> coin ${input}`.slice(0, 4000),
      id: somebody(),
      name: '@everyone',
    });
    const reply = (): FakeMessage | undefined => scene.discord.messages().find((message) => message.replyTo === id);
    await scene.discord.until(() => reply() !== undefined, 'reply');
    for (const message of [reply(), ...(await asking).map((asked) => asked.message)]) expectInert(message, input);
    expect(scene.discord.state.refusals).toEqual([]);
  });

  it('no path or query of a price source changes', () => {
    expect(
      scene.core.gecko.calls
        .filter(
          (call) =>
            !/^\/api\/v3\/(coins\/markets|coins\/list|coins\/[\w-]+\/market_chart|exchange_rates|ping|simple\/supported_vs_currencies)$/.test(
              call.path,
            ),
        )
        .map((call) => call.path),
    ).toEqual([]);
    expect(scene.core.gecko.calls.some((call) => call.query.has('x_cg_demo_api_key'))).toBe(false);
  });

  it('full width folds, Cyrillic is not taken for Latin', async () => {
    expect(lookAt((await ask({ command: 'coin', options: { coin: 'ｔａｏ' } })).message?.body ?? {}).text).toContain(
      'Bittensor (TAO)',
    );
    expect(lookAt((await ask({ command: 'coin', options: { coin: 'ТАО' } })).message?.body ?? {}).text).toMatch(
      /Unknown coin/,
    );
  });

  it('logs neither what was typed nor tokens', () => {
    const log = scene.core.lines.join('\n');
    for (const secret of [
      'DROP TABLE',
      'evil.example',
      scene.discord.token,
      ...[...scene.discord.state.byToken.keys()].slice(0, 50),
    ])
      expect(log).not.toContain(secret);
  });
});

describe('hostile sources', () => {
  it('a name from the price source stays literal', async () => {
    for (const [index, name] of [
      '@everyone',
      `[x](${EVIL})`,
      '<@&1> # x',
      '**',
      '\u202eevil',
      'a'.repeat(400),
    ].entries()) {
      scene.core.gecko.set(`coin-${index}`, { name });
      const asked = await ask({ command: 'coin', options: { coin: `coin-${index}` } });
      expectInert(asked.message, name);
    }
    expect(scene.discord.state.refusals).toEqual([]);
  });
});

describe('places and forms', () => {
  it('works in direct messages, threads and group conversations, without member and guild objects', async () => {
    for (const where of [{ guild: null }, { channel: '719999999999999999' }])
      expectInert((await ask({ command: 'price', options: { coins: 'tao' }, ...where })).message, 'tao');
    expect(scene.discord.state.refusals).toEqual([]);
  });

  it('without the right to attach, the card comes without picture', async () => {
    const asked = await ask({ command: 'chart', options: { coin: 'tao' }, appPermissions: '3072' });
    expect(asked.message?.files).toEqual([]);
    expectInert(asked.message, 'tao');
  });

  it('odd locales', async () => {
    for (const locale of ['xx-INVALID', '', '__proto__', 'en-US-u-nu-thai', 'ar', 'x'.repeat(200)])
      expectInert((await ask({ command: 'coin', options: { coin: 'tao' }, locale })).message, 'tao');
    expect(scene.discord.state.refusals).toEqual([]);
  });
});
