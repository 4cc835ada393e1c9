// A card as HTML. Every text goes through the template's escaping; links are only those that the card itself carries.
import { html, raw } from 'hono/html';
import { encodeInvocation, withFittingControls } from '../../app/control-id.ts';
import {
  type Block,
  blocksOn,
  type Button,
  type Card,
  type CardChart,
  type Invocation,
  type Span,
} from '../../app/card.ts';

/** Escaped HTML, ready to stand in a template. */
export type Html = ReturnType<typeof html>;

export function cardHtml(card: Card): Html {
  const title = card.titleHref === undefined ? card.title : html`<a href="${card.titleHref}">${card.title}</a>`;
  return html`<article class="card tone-${card.tone}">
    <h2>${title}${card.subtitle === undefined ? '' : html` <small>${card.subtitle}</small>`}</h2>
    ${blocksOn(withFittingControls(card), 'page').map(blockHtml)}
  </article>`;
}

/** Spans of text; moments become `<time>` with the exact instant. */
export function spansHtml(spans: readonly Span[]): Html[] {
  return spans.map((span) => {
    if (typeof span === 'string') return html`${span}`;
    if (span.kind === 'bold') return html`<strong>${span.text}</strong>`;
    if (span.kind === 'code') return html`<code>${span.text}</code>`;
    if (span.kind === 'channel') return html`${span.text}`;
    if (span.kind === 'time') return html`<time datetime="${new Date(span.at).toISOString()}">${span.text}</time>`;
    return html`<a href="${safeHref(span.href)}" rel="noopener nofollow">${span.text}</a>`;
  });
}

/** Only https and own paths may be linked; anything else points nowhere. Browsers read "/\host" as "//host", and leave out tabs and line breaks. */
function safeHref(href: string): string {
  return /^(https:\/\/|\/(?![/\\\s]))/.test(href) ? href : '#';
}

/** One block of a card. */
export function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'headline':
      return html`<p class="headline">
        <span class="price">${block.value}</span
        >${block.change === undefined ? '' : html` <span class="change ${block.change.direction}">${block.change.text}</span>`}${block.detail === undefined ? '' : html` <small>${block.detail}</small>`}
      </p>`;
    case 'text':
      return html`<p>${spansHtml(block.spans)}</p>`;
    case 'heading':
      return html`<h3>${block.text}</h3>`;
    case 'fields':
      return html`<dl class="fields">
        ${block.fields.map(
          (field) =>
            html`<div>
              <dt>${field.label}</dt>
              <dd>${spansHtml(field.value)}</dd>
            </div>`,
        )}
      </dl>`;
    case 'list':
      return html`<ul>
        ${block.items.map((item) => html`<li>${spansHtml(item)}</li>`)}
      </ul>`;
    case 'table':
      return html`<div class="scroll">
        <table>
          <caption>
            ${block.caption}
          </caption>
          <thead>
            <tr>
              ${block.columns.map((column) => html`<th scope="col" class="${column.numeric ? 'number' : ''}">${column.label}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${block.rows.map(
              (row) =>
                html`<tr>
                  ${row.map((cell, index) => html`<td class="${block.columns[index]?.numeric ? 'number' : ''}">${spansHtml(cell)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
    case 'chart':
      return chartHtml(block.chart);
    case 'note':
      return html`<p class="note">${spansHtml(block.spans)}</p>`;
    case 'buttons':
      return html`<div class="buttons">${block.buttons.map(buttonHtml)}</div>`;
    case 'menu':
      return html`<details class="menu">
        <summary>${block.placeholder}</summary>
        <ul>
          ${block.options.map((option) => html`<li><a href="${invocationHref(option.invocation)}">${option.label}</a>${option.description === undefined ? '' : html` <small>${option.description}</small>`}</li>`)}
        </ul>
      </details>`;
  }
}

/** Words of the wide picture would be too small there; each source has its own shape, so that nothing moves. */
const ON_PHONES = '(max-width: 34rem)';
const IN_LIGHT = '(prefers-color-scheme: light)';
const PHONE_SIZE = raw('width="600" height="300"');

/** The picture in the reader's colour scheme, with its data as a table for those who cannot see it. */
export function chartHtml(chart: CardChart): Html {
  const picture =
    chart.path === undefined
      ? ''
      : html`<picture
          ><source media="${ON_PHONES} and ${IN_LIGHT}" srcset="${chart.path}&theme=light&canvas=phone" ${PHONE_SIZE} />
          <source media="${ON_PHONES}" srcset="${chart.path}&theme=dark&canvas=phone" ${PHONE_SIZE} />
          <source media="${IN_LIGHT}" srcset="${chart.path}&theme=light" />
          <img src="${chart.path}&theme=dark" alt="${chart.alt}" width="1000" height="600" loading="lazy"
        /></picture>`;
  return html`<figure class="chart" ${pointData(chart)}>
    ${picture}
    <figcaption>
      <details>
        <summary>The data as a table</summary>
        ${chart.series.map((series) => seriesTable(series, chart))}
      </details>
    </figcaption>
  </figure>`;
}

/** The prices of a single line for the script, as [seconds, value]. */
function pointData({ series, unit }: CardChart): Html | string {
  const [line] = series;
  if (line === undefined || series.length > 1 || !('currency' in unit)) return '';
  const step = Math.max(1, Math.ceil((line.points.length - 1) / (MOST_POINTS - 1)));
  const points = line.points
    .filter((_, index) => index % step === 0 || index === line.points.length - 1)
    .map(([at, value]) => [Math.round(at / 1000), Number(value.toPrecision(6))]);
  return html`data-points="${JSON.stringify(points)}" data-unit="${unit.currency.toUpperCase()}"`;
}

/** More than that many columns nobody can point at. */
const MOST_POINTS = 200;

/** At most 25 rows, evenly picked, always with first and last. */
function seriesTable(series: CardChart['series'][number], chart: CardChart): Html {
  const step = Math.max(1, Math.ceil((series.points.length - 1) / 24));
  const rows = series.points.filter((_, index) => index % step === 0 || index === series.points.length - 1);
  const unit = 'currency' in chart.unit ? chart.unit.currency.toUpperCase() : '%';
  return html`<div class="scroll">
    <table>
      <caption>
        ${series.label}
      </caption>
      <thead>
        <tr>
          <th scope="col">Time (UTC)</th>
          <th scope="col" class="number">${unit}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([at, value]) =>
            html`<tr>
              <td>${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}</td>
              <td class="number">${Number(value.toPrecision(8))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Controls are links, so they work without JavaScript; votes change a counter and are small forms. */
function buttonHtml(button: Button): Html {
  if ('vote' in button.invocation.args)
    return html`<form method="post" action="/ask">
      <button name="a" value="${encodeInvocation(button.invocation)}">${button.label}</button>
    </form>`;
  return html`<a
    class="button${button.active ? ' active' : ''}"
    ${button.active ? raw('aria-current="true"') : ''}
    href="${invocationHref(button.invocation)}"
    >${button.label}</a
  >`;
}

/** Where a control leads: works without JavaScript. */
export function invocationHref(invocation: Invocation): string {
  return `/ask?a=${encodeURIComponent(encodeInvocation(invocation))}`;
}
