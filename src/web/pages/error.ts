// Pages for what is not there and for what broke: each leads on.
import { html } from 'hono/html';
import type { Html } from './card.ts';
import { askBox, layout } from './layout.ts';

export function notFoundPage(what = 'There is no such page'): Html {
  return leadOn(what, 'The address may be mistyped, or the page has moved. Ask for what you were looking for:');
}

export function brokenPage(): Html {
  return leadOn(
    'Something broke on our side',
    'It is in our log. Please try again in a minute, or ask for something else:',
  );
}

function leadOn(title: string, words: string): Html {
  const body = html`<h1>${title}</h1>
    <p class="lead">${words}</p>
    ${askBox('')}
    <ul class="chips">
      <li><a href="/">All coins</a></li>
      <li><a href="/coins/bittensor">TAO</a></li>
      <li><a href="/subnets">Subnets</a></li>
    </ul>`;
  return layout({ title: `${title} – taobot`, description: words, body });
}
