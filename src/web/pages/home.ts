// The front page: ask, TAO now, the coins in one line each, and how to get the bot into a server or workspace.
import { html } from 'hono/html';
import type { Html } from './card.ts';
import { askBox, askHref, layout } from './layout.ts';
import { coinTable } from './parts/coin-table.ts';
import { taoTile } from './parts/tao-tile.ts';
import type { CommandContext } from '../../app/command.ts';

/** Words to begin with, and what each asks. */
const CHIPS: readonly (readonly [string, string])[] = [
  ['What is a subnet?', 'what is a subnet?'],
  ['How do I stake TAO?', 'how do I stake TAO?'],
  ['TAO in euro', '/price tao eur'],
  ['TAO vs NEAR', '/compare tao near'],
  ['Is my seed phrase safe?', 'is my seed phrase safe?'],
];

export async function homePage(context: CommandContext): Promise<Html> {
  const { services, request, now } = context;
  const coins = [...services.content.coins.values()];
  const { currency, publicUrl } = services.defaults;
  const quotes = await services.market.quotes(
    coins.map((coin) => coin.id),
    currency,
  );
  const body = html`<div class="hero">
      <div>
        <h1>Ask anything about TAO</h1>
        <p class="lead">
          Live prices and checked answers, each with source and date. When the bot is not sure, it says so.
        </p>
        ${askBox('')}
        <ul class="chips" aria-label="Examples">
          ${CHIPS.map(([label, text]) => html`<li><a href="${askHref(text)}">${label}</a></li>`)}
        </ul>
      </div>
      ${await taoTile(quotes.get('bittensor'), context)}
    </div>
    <h2>AI coins</h2>
    ${coinTable(coins, quotes, { locale: request.locale, now })}
    <p><a href="/subnets">All Bittensor subnets: prices, emission, removal</a></p>
    <h2 id="add">Put it into your community</h2>
    <p class="prose">
      Discord: create an application, set <code>DISCORD_TOKEN</code>, start. Slack:
      <code>npm run -s slack-manifest</code> prints the app manifest; set <code>SLACK_BOT_TOKEN</code> and
      <code>SLACK_APP_TOKEN</code>, start. The README shows each in five steps.
    </p>`;
  return layout({
    title: 'taobot – Bittensor and AI coins in chat',
    description: 'Coin profiles with live prices, charts, checked answers and daily digests for Discord and Slack.',
    body,
    path: '/',
    publicUrl,
    image: { path: '/charts/bittensor.png?range=7d&theme=light&canvas=share', alt: 'TAO, price of the past 7 days' },
  });
}
