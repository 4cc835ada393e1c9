// Every way to ask, in both modes: the same core answers, in place and in the right thread.
import { describe, expect, it } from 'vitest';
import { openScenes, type Scene } from '../scene.ts';

const scenes = openScenes();
let scene: Scene;
let person = 0;

/** A fresh person each time: the core lets one person ask fifteen times at once. */
const someone = () => `U0P${String(++person).padStart(4, '0')}`;

const COMMANDS = [
  ['/coin', 'tao', 'Bittensor (TAO)'],
  ['/coin', 'tao eur', '€'],
  ['/price', 'tao near', 'NEAR'],
  ['/chart', 'tao 30d', 'Bittensor'],
  ['/compare', 'tao near', 'NEAR'],
  ['/convert', '2 tao usd', 'USD'],
  ['/faq', 'what is bittensor?', 'Bittensor'],
  ['/help', '', '/coin'],
  ['/about', '', 'CoinGecko'],
] as const;

describe.each(['socket', 'http'] as const)('%s mode', (mode) => {
  it('answers every command by slash, mention in its thread and direct message', async () => {
    scene = await scenes.open({ mode });
    const { slack } = scene;
    for (const [command, text, words] of COMMANDS) {
      const before = slack.messages().length;
      const user = someone();
      const { status, payload } = await slack.slash(command, text, { user });
      expect([status, payload]).toEqual([200, {}]);
      await slack.mention(`${command.slice(1)} ${text}`.trim(), { user, thread: '1700000000.000001' });
      await slack.dm(`${command.slice(1)} ${text}`.trim(), { user });
      const answers = (await slack.waitFor(before + 3)).slice(before);
      const ways = answers.map(({ via, channel, thread }) => [via, channel, thread]);
      const quiet = command === '/help' || command === '/about'; // private cards
      expect(ways).toContainEqual(['response_url', 'C0GENERAL', undefined]);
      expect(ways).toContainEqual([
        quiet ? 'chat.postEphemeral' : 'chat.postMessage',
        'C0GENERAL',
        '1700000000.000001',
      ]);
      expect(ways).toContainEqual(['chat.postMessage', 'D0DIRECT', undefined]);
      for (const answer of answers) expect(`${command}: ${answer.text}`).toContain(words);
    }
  });
});

it('shows the digests of the channel for /digest alone, and help for an empty mention', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  const user = someone();
  await slack.slash('/digest', '', { user });
  await slack.mention('', { user });
  const texts = (await slack.waitFor(2)).map(({ text }) => text).join('\n');
  expect(texts).toContain('No digests here yet');
  expect(texts).toContain('/coin');
  expect(texts).not.toContain('no command');
});

it('gives a complete text and native chart with alt text', async () => {
  scene = await scenes.open();
  await scene.slack.slash('/coin', 'tao', { user: someone() });
  const [card] = await scene.slack.waitFor(1);
  for (const words of ['$250.28', '+3.60%', 'Cap', 'Vol', 'CoinGecko', ' ago', 'past 7 days'])
    expect(card?.text).toContain(words);
  const types = card?.blocks.map((block) => block['type']);
  expect(types).toEqual(['header', 'section', 'context', 'data_visualization', 'section', 'actions']); // at most eight
  const days = JSON.stringify(card?.blocks).match(/"label":"\w{3} \d{1,2}"/g) ?? [];
  expect(new Set(days).size).toBeGreaterThanOrEqual(7); // "Sat 21", no dates with clock times
  const chart = card?.blocks.find((block) => block['type'] === 'data_visualization') as {
    chart: { series: { data: { value: number }[] }[] };
  };
  expect(chart.chart.series[0]?.data).toHaveLength(20);
  expect(chart.chart.series[0]?.data.at(-1)?.value).toBe(250.28);
  expect(card?.sent).toMatchObject({
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    response_type: 'in_channel',
  });
});

it('changes the message in place on range, section, refresh and related coin, also when the response address is over', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  await slack.slash('/coin', 'tao', { user: someone() });
  const [card] = await slack.waitFor(1);
  if (card === undefined) throw new Error('no card');
  for (const [label, words] of [
    ['30d', '30 days'],
    ['Tradeoffs', 'radeoffs'],
    ['Refresh', '30 days'],
  ] as const) {
    const edits = card.edits;
    const act = label === 'Tradeoffs' ? slack.pick : slack.press; // sections are in the overflow menu
    await act(card, label, { user: someone() });
    await slack.until(() => card.edits === edits + 1);
    expect(card.text).toContain(words);
  }
  const edits = card.edits;
  await slack.press(card, '24h', { user: someone(), expired: true });
  await slack.until(() => card.edits === edits + 1);
  expect(card.text).toContain('24 hours');
  expect(slack.space.calls.at(-1)?.method).toBe('chat.update');
  await slack.pick(card, 'FAQ', { user: someone() });
  await slack.until(() => card.text.includes('Common questions'));
  await slack.pick(card, 'NEAR', { user: someone() });
  await slack.until(() => card.text.includes('NEAR Protocol'));
  expect(slack.messages()).toHaveLength(1);
});

it.each(['message_not_found', 'edit_window_closed'])(
  'answers whoever pressed in private where the message cannot be changed any more (%s)',
  async (error) => {
    scene = await scenes.open();
    const { slack } = scene;
    await slack.slash('/coin', 'tao', { user: someone() });
    const [card] = await slack.waitFor(1);
    if (card === undefined) throw new Error('no card');
    slack.fault = ({ method }) => (method === 'chat.update' ? { kind: 'error', error } : null);
    const user = someone();
    await slack.press(card, '30d', { user, expired: true });
    const [, answer] = await slack.waitFor(2);
    expect(answer?.ephemeralFor).toBe(user);
    expect(answer?.text).toContain('30 days');
    expect(card.text).toContain('7 days');
  },
);

it('completes coins while one types, and shows the chosen one', async () => {
  scene = await scenes.open();
  const found = await scene.slack.search('nea');
  expect(JSON.stringify(found[0])).toContain('NEAR');
  expect(found[0]?.['value']).toBe('coin?coin=id:near');
  expect((await scene.slack.search('x'.repeat(6000))).length).toBeLessThanOrEqual(100);
  expect(await scene.slack.search('tao', 'somebody:else')).toEqual([]);
});

it('leaves out of the search a coin whose id no control can carry, and shows the others', async () => {
  const choices = ['near', 'x'.repeat(95)].map((value) => ({ name: value.slice(0, 20), value }));
  scene = await scenes.open({ bot: { complete: () => Promise.resolve(choices) } });
  expect((await scene.slack.search('x')).map(({ value }) => value)).toEqual(['coin?coin=id:near']);
});

it('has no choices where the search breaks, and the log says why', async () => {
  const broken = () => Promise.reject(new Error('no choices today'));
  scene = await scenes.open({ bot: { complete: broken } });
  expect(await scene.slack.search('nea')).toEqual([]);
  expect(scenes.core.lines.join('\n')).toContain('no choices today');
});

it('counts an answer from the FAQ as lost where it may neither post nor has an address', async () => {
  const outcomes: string[] = [];
  scene = await scenes.open({
    fake: { outside: ['C0OUT'] },
    bot: { onAnswer: (outcome) => void outcomes.push(outcome) },
  });
  await scene.slack.deliver({
    type: 'interactive',
    payload: {
      type: 'message_action',
      team: { id: 'T0TEAM' },
      user: { id: someone() },
      channel: { id: 'C0OUT', name: 'out' },
      trigger_id: 'trigger-without-address',
      callback_id: 'answer_from_faq',
      message: { text: 'what is bittensor?', ts: '1700000000.000001' },
    },
  });
  await scene.slack.until(() => outcomes.length > 0);
  expect(outcomes).toEqual(['failed']);
});

it('answers a message from the FAQ in its thread, quietly when it is not sure', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  await slack.shortcut({ ts: '1700000000.000009', user: 'U0BOB', text: 'hey what is bittensor?' }, { user: someone() });
  await slack.waitFor(1);
  expect(slack.messages()[0]).toMatchObject({ thread: '1700000000.000009', via: 'chat.postMessage' });
  expect(slack.messages()[0]?.ephemeralFor).toBeUndefined();
  const user = someone();
  await slack.shortcut(
    { ts: '1700000000.000010', user: 'U0BOB', text: 'who let the dogs out of the spaceship yesterday' },
    { user },
  );
  await slack.waitFor(2);
  expect(slack.messages()[1]).toMatchObject({ ephemeralFor: user });
});

it('says to the asker alone that a message without words cannot be answered', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  const user = someone();
  await slack.shortcut({ ts: '1700000000.000011', user: 'U0BOB', text: '' }, { user });
  const [shown] = await slack.waitFor(1);
  expect(shown).toMatchObject({ ephemeralFor: user });
  expect(shown?.text).toContain('no words');
});

it('shows a private answer in a thread only where there is one already', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  await slack.mention('help', { user: someone() }); // Slack would hide it in a thread that nobody has begun
  await slack.mention('help', { user: someone(), thread: '1700000000.000001' });
  const threads = (await slack.waitFor(2)).map(({ via, thread }) => [via, thread]);
  expect(threads).toContainEqual(['chat.postEphemeral', undefined]);
  expect(threads).toContainEqual(['chat.postEphemeral', '1700000000.000001']);
});

it('shows refusals to the asker only and leaves the card as it is', async () => {
  scene = await scenes.open();
  const { slack } = scene;
  const user = someone();
  await slack.slash('/coin', 'nosuchcoin', { user });
  const [refusal] = await slack.waitFor(1);
  expect(refusal).toMatchObject({ ephemeralFor: user });
  await slack.slash('/coin', 'tao', { user: someone() });
  const card = (await slack.waitFor(2))[1];
  if (card === undefined) throw new Error('no card');
  const presser = someone();
  const asks = {
    platform: 'slack',
    command: 'help',
    args: {},
    place: { tenant: slack.team, channel: 'C0GENERAL' },
  } as const;
  for (let i = 0; i < 15; i++)
    await scenes.core.dispatch({ ...asks, user: { id: presser, canManage: false }, locale: 'en', via: 'command' });
  await slack.press(card, 'Refresh', { user: presser });
  const notice = (await slack.waitFor(3))[2];
  expect(notice).toMatchObject({ ephemeralFor: presser });
  expect(notice?.text).toContain('One moment');
  expect(card.text).toContain('$250.28');
});
