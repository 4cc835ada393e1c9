// The front page: ask, the coins with their prices, and how to get the bot into a server or workspace.
import { html } from 'hono/html';
import { type Html, cardHtml } from './card.ts';
import { askBox, layout } from './layout.ts';
import type { Card } from '../../app/card.ts';
import { change, money } from '../../format/numbers.ts';
import { ageWords, shownChange } from '../../app/blocks/quote.ts';
import type { Services } from '../../app/services.ts';
import type { QuoteResult } from '../../market/market.ts';

type HomeOptions = { services: Services; now: number; question: string; answer: Card | null };

export async function homePage({ services, now, question, answer }: HomeOptions): Promise<Html> {
  const coins = [...services.content.coins.values()];
  const { currency, locale } = services.defaults;
  const quotes = await services.market.quotes(
    coins.map((coin) => coin.id),
    currency,
  );
  const rows = coins.map(
    (coin) =>
      html`<tr>
        <td><a href="/coins/${coin.id}">${coin.name}</a> <small>${coin.tagline}</small></td>
        ${priceCells(quotes.get(coin.id), locale, now)}
      </tr>`,
  );
  const body = html`<h1>Ask about Bittensor and AI coins</h1>
    <p class="lead">
      Profiles, live prices, charts and checked answers – the same in Discord, Slack, a terminal and here. When the bot
      is not sure, it says so.
    </p>
    ${askBox(question)}
    ${answer === null ? html`<p class="note">Try <a href="/?q=%2Fcoin+tao">/coin tao</a>, <a href="/?q=%2Fcompare+tao+near+render">/compare tao near render</a>, <a href="/?q=%2Fconvert+2.5+tao+eur">/convert 2.5 tao eur</a>, or <a href="/?q=what+is+a+subnet%3F">what is a subnet?</a></p>` : cardHtml(answer)}
    <h2>Coins</h2>
    <div class="scroll">
      <table class="coins">
        <thead>
          <tr>
            <th scope="col">Coin</th>
            <th scope="col" class="number">Price</th>
            <th scope="col" class="number">24 h</th>
            <th scope="col" class="number hide-small">Age</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    <p><a href="/subnets">All Bittensor subnets: prices, emission, removal</a></p>
    <h2>Put it into your community</h2>
    <p class="prose">
      Discord: create an application, set <code>DISCORD_TOKEN</code>, start. Slack:
      <code>npm run -s slack-manifest</code> prints the app manifest; set <code>SLACK_BOT_TOKEN</code> and
      <code>SLACK_APP_TOKEN</code>, start. The README shows each in five steps.
    </p>`;
  return layout({
    title: 'taobot – Bittensor and AI coins in chat',
    description: 'Coin profiles with live prices, charts, checked answers and daily digests for Discord and Slack.',
    body,
  });
}

function priceCells(result: QuoteResult, locale: string, now: number): Html {
  if (result.quote === null)
    return html`<td class="number" colspan="2">price unavailable: ${result.reason}</td>
      <td class="hide-small"></td>`;
  const { quote } = result;
  const value = shownChange(quote, quote.change24h, now);
  const moved = value === null ? null : change(value, locale);
  return html`<td class="number">${money(quote.price, quote.currency, locale)}</td>
    <td class="number">${moved === null ? '–' : html`<span class="change ${moved.direction}">${moved.text}</span>`}</td>
    <td class="number hide-small">
      <small>
        ${quote.source.id === 'sample' ? 'sample data' : ageWords(quote.at, now)}${quote.unconfirmed === true ? ', unconfirmed' : ''}
      </small>
    </td>`;
}
