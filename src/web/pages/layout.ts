// The frame of every page: head with what links unfurl to, navigation, the one line about advice.
import { html } from 'hono/html';
import type { Html } from './card.ts';

/**
 * `path`: the address that search engines should keep; without one the page is not for them. `image`: path and words of a picture of
 * 1200 × 630. Both need `publicUrl`: such addresses are absolute.
 */
export type Page = {
  title: string;
  description: string;
  body: Html;
  path?: string;
  publicUrl?: string | null;
  image?: { path: string; alt: string };
  /** It has charts, so the script is of use. */
  charts?: boolean;
  /** More for the head. */
  head?: Html | string;
};

export function layout(page: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <meta name="description" content="${page.description}" />
        ${previewTags(page)} ${page.head ?? ''}
        <meta name="theme-color" content="#f2f5fa" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#0f1116" media="(prefers-color-scheme: dark)" />
        <link rel="preload" href="/fonts/inter-500.woff2" as="font" type="font/woff2" crossorigin />
        <link rel="preload" href="/fonts/inter-700.woff2" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="/style.css" />
        ${page.charts === true ? html`<script src="/page.js" defer></script>` : ''}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      </head>
      <body>
        <header class="site">
          <a class="brand" href="/">τ taobot</a>
          <nav aria-label="Pages">
            <a href="/coins/bittensor">TAO</a><a href="/subnets">Subnets</a><a href="${askHref('/network')}">Network</a
            ><a href="${askHref('/help')}">Commands</a><a href="${askHref('/about')}">About</a>
          </nav>
          <a class="add" href="/#add">Add to Discord or Slack</a>
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

/** Open Graph (https://ogp.me) and the tags of X; Discord and Slack read them, too. */
function previewTags({ title, description, path, publicUrl = null, image }: Page): Html {
  const picture =
    image === undefined || publicUrl === null
      ? ''
      : html`<meta property="og:image" content="${publicUrl}${image.path}" />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta property="og:image:alt" content="${image.alt}" />`;
  return html`${path === undefined ? html`<meta name="robots" content="noindex" />` : ''}
    ${
      path === undefined || publicUrl === null
        ? ''
        : html`<link rel="canonical" href="${publicUrl}${path}" />
            <meta property="og:url" content="${publicUrl}${path}" />`
    }
    <meta property="og:site_name" content="taobot" />
    <meta property="og:type" content="website" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    ${picture}
    <meta name="twitter:card" content="${picture === '' ? 'summary' : 'summary_large_image'}" />`;
}

/** Where a text that a chat could send is answered. */
export function askHref(text: string): string {
  return `/ask?q=${encodeURIComponent(text).replaceAll('%20', '+')}`;
}

/** The box to ask; works without JavaScript. */
export function askBox(value: string): Html {
  return html`<form class="ask" action="/ask" method="get" role="search">
    <input
      name="q"
      value="${value}"
      placeholder="When is the next halving?"
      aria-label="A command or a question"
      maxlength="500"
      autocomplete="off"
    /><button>Ask</button>
  </form>`;
}
