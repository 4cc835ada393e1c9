// The frame of every page: head, navigation, the one line about advice.
import { html } from 'hono/html';
import type { Html } from './card.ts';

export type Page = { title: string; description: string; body: Html };

export function layout(page: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <meta name="description" content="${page.description}" />
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <header class="site">
          <a class="brand" href="/">τ taobot</a>
          <nav>
            <a href="/coins/bittensor">TAO</a><a href="/subnets">Subnets</a><a href="/?q=%2Fnetwork">Network</a
            ><a href="/?q=%2Fhelp">Commands</a><a href="/?q=%2Fabout">About</a>
          </nav>
        </header>
        <main>${page.body}</main>
        <footer class="site">
          <p>
            Information, not financial advice.
            <a href="https://www.coingecko.com" rel="noopener">Price data by CoinGecko</a> unless a number names another
            source. Every number says how old it is.
          </p>
        </footer>
      </body>
    </html>`;
}

/** The box to ask; works without JavaScript. */
export function askBox(value: string): Html {
  return html`<form class="ask" action="/" method="get" role="search">
    <input
      name="q"
      value="${value}"
      placeholder="/coin tao – or ask: when is the next halving?"
      aria-label="A command or a question"
      maxlength="500"
      autocomplete="off"
    /><button>Ask</button>
  </form>`;
}
