// The page of one subnet: price, chart, figures with their ages, state of removal, and what its owner wrote, marked as such.
import { html } from 'hono/html';
import { ageSpans, type View } from '../../app/blocks/quote.ts';
import type { Field } from '../../app/card.ts';
import type { CommandContext } from '../../app/command.ts';
import { SUBNET_RANGES, subnetChart } from '../../app/subnets/chart.ts';
import * as figures from '../../app/subnets/figures.ts';
import { sourceNotes } from '../../app/subnets/notes.ts';
import type { Subnet, SubnetLink, SubnetSnapshot } from '../../chain/subnets/port.ts';
import { MINUTE } from '../../base/clock.ts';
import { change, compactNumber } from '../../format/numbers.ts';
import type { Quote } from '../../market/market.ts';
import { blockHtml, type Html, invocationHref, spansHtml } from './card.ts';
import { layout } from './layout.ts';
import { unavailablePage } from './subnets.ts';

/** Entries that people who look at a subnet may want. */
const QUESTIONS = ['what-is-subnet', 'alpha-tokens', 'subnet-deregistration', 'subnet-emission-share', 'subnet-rug'];

/** `netuid` null: the address holds no number. 503 with the reason while nothing was ever read. */
export async function subnetPage(
  context: CommandContext,
  netuid: number | null,
  asked: string | undefined,
): Promise<{ page: Html; status: 200 | 404 | 503 }> {
  const { services, request, now } = context;
  if (netuid === null) return { page: unknownPage(null), status: 404 };
  const [result, quotes] = await Promise.all([
    services.subnets.snapshot(),
    services.market.quotes(['bittensor'], services.defaults.currency),
  ]);
  if (result.snapshot === null) return { page: unavailablePage(result.reason), status: 503 };
  const { snapshot } = result;
  const subnet = snapshot.subnets.find((one) => one.netuid === netuid);
  if (subnet === undefined) return { page: unknownPage(netuid), status: 404 };
  const range = SUBNET_RANGES.find((one) => one === asked) ?? '7d';
  const chart = await subnetChart(context, { subnet, snapshot, range });
  const view: View = { locale: request.locale, now };
  const tao = quotes.get('bittensor');
  const rank = figures.capRank(subnet, snapshot);
  const title = figures.subnetTitle(subnet);
  const place = rank === null ? null : `#${rank} of ${snapshot.subnets.length} by market cap`;
  // A symbol that only repeats the number is left out.
  const symbol = subnet.symbol === `SN${netuid}` ? null : html`<bdi>${subnet.symbol}</bdi>`;
  const beside = [symbol, place]
    .flatMap((part) => part ?? [])
    .flatMap((part, index) => (index === 0 ? part : [' · ', part]));
  const body = html`<h1>
      <bdi>${title}</bdi>
      <small>${beside}</small>
    </h1>
    <section class="card tone-info" id="price" aria-label="Price">
      ${priceHtml(subnet, snapshot, tao.quote, view)}
      <nav class="buttons" aria-label="Range of the chart">
        ${SUBNET_RANGES.map((option) => rangeLink(netuid, option, option === range))}
      </nav>
      ${blockHtml(chart)} ${blockHtml({ kind: 'fields', fields: fieldsOf(subnet, snapshot, tao.quote, view) })}
      ${sourceNotes(snapshot, tao, view).map(blockHtml)} ${detailsNote(snapshot, view)}
    </section>
    ${ownerHtml(subnet)}
    <h2>Questions</h2>
    <ul>
      ${questions(context)}
      <li>
        <a
          href="${invocationHref({ command: 'convert', args: { amount: '10', from: 'id:bittensor', to: `sn${netuid}` } })}"
          >What would 10 TAO bring here right now?</a
        >
      </li>
    </ul>
    <p>
      <a href="/subnets">All subnets</a> · <a href="/subnets?sort=risk">The next removal</a> ·
      <a href="/coins/bittensor">TAO</a>
    </p>`;
  const description = `Subnet ${netuid} of Bittensor: price in TAO, chart, pool, emission, and whether it is next to be removed.`;
  const where = { path: `/subnets/${netuid}`, publicUrl: services.defaults.publicUrl };
  const image = { path: `/charts/sn${netuid}.png?range=7d&theme=light&canvas=share`, alt: `${title}, past 7 days` };
  return {
    page: layout({ title: `${title}: price, pool, emission`, description, body, charts: true, ...where, image }),
    status: 200,
  };
}

function unknownPage(netuid: number | null): Html {
  const name = netuid === null ? 'There is no such subnet' : `There is no subnet ${netuid}`;
  const why =
    netuid === 0
      ? 'Number 0 is the root network: it has no alpha and no price.'
      : 'A number is free until somebody registers it, and again after a removal.';
  const body = html`<h1>${name}</h1>
    <p>${why}</p>
    <p><a href="/subnets">All subnets</a></p>`;
  return layout({ title: name, description: 'Subnets of Bittensor are found by their number.', body });
}

function priceHtml(subnet: Subnet, snapshot: SubnetSnapshot, tao: Quote | null, { locale, now }: View): Html {
  const { priceTao } = subnet;
  if (priceTao === null)
    return html`<p><strong>Price unavailable:</strong> the chain has no price for this subnet.</p>`;
  const worth = figures.inCurrency(priceTao, tao, locale);
  const day = figures.showsChange(snapshot, now) ? subnet.change.h24 : null;
  const moved = day === null ? null : change(day, locale);
  return html`<p class="headline">
    <span class="price">${figures.inTao(priceTao, locale)}</span
    >${worth === null ? '' : html` <span>${worth}</span>`}${moved === null ? '' : html` <span class="change ${moved.direction}">${moved.text}</span> <small>24 h</small>`}
  </p>`;
}

function fieldsOf(subnet: Subnet, snapshot: SubnetSnapshot, tao: Quote | null, view: View): Field[] {
  const { locale, now } = view;
  const shown = figures.showsChange(snapshot, now);
  const moved = (value: number | null) => (value === null || !shown ? null : change(value, locale).text);
  const worth = (value: number | null) => (value === null ? null : figures.bothWays(value, tao, locale));
  const known: [string, string | null][] = [
    ['7 d', moved(subnet.change.d7)],
    ['30 d', moved(subnet.change.d30)],
    ['Market cap', worth(subnet.marketCapTao)],
    ['24 h volume', worth(subnet.volume24hTao)],
    ['Pool', figures.poolWords(subnet, locale)],
    ['Outside the pool', subnet.alphaOut === null ? null : `${compactNumber(subnet.alphaOut, locale)} alpha`],
    ['Emission', figures.emissionWords(subnet, locale)],
    ['Next payout', figures.payoutWords(subnet, snapshot, view)],
    ['Age', figures.ageWords(subnet, snapshot, view)],
    ['Removal', figures.removalWords(subnet, snapshot, view)],
    ['Moving price', subnet.movingPriceTao === null ? null : figures.inTao(subnet.movingPriceTao, locale)],
  ];
  return known.flatMap(([label, text]) => (text === null ? [] : [{ label, value: [text] }]));
}

/** Names, pools and volumes are read in turns: when they are older than the price, it is said. */
function detailsNote(snapshot: SubnetSnapshot, view: View): Html | string {
  const { detailsAt, blockAt } = snapshot;
  if (detailsAt === null || blockAt - detailsAt < MINUTE) return '';
  return html`<p class="note">Pool, supply and volume: ${spansHtml(ageSpans(detailsAt, view))}</p>`;
}

function rangeLink(netuid: number, range: string, active: boolean): Html {
  return active
    ? html`<a class="button active" aria-current="true" href="/subnets/${netuid}?range=${range}">${range}</a>`
    : html`<a class="button" href="/subnets/${netuid}?range=${range}">${range}</a>`;
}

/** Text as it is written, links by their domain and without our recommendation. */
function ownerHtml({ description, links }: Subnet): Html | string {
  const said: [string, SubnetLink | null][] = [
    ['Site', links.site],
    ['Code', links.github],
    ['Discord', links.discord],
  ];
  const places = said.flatMap(([label, link]) =>
    link === null ? [] : [html`<li>${label}: <a href="${link.href}" rel="nofollow noopener">${link.domain}</a></li>`],
  );
  if (description === null && places.length === 0) return '';
  return html`<h2>What its owner says</h2>
    <p class="note">Written by the subnet's owner on the chain, not checked by anybody.</p>
    ${description === null ? '' : html`<blockquote><bdi>${description}</bdi></blockquote>`}
    ${
      places.length === 0
        ? ''
        : html`<ul>
            ${places}
          </ul>`
    }`;
}

function questions({ services }: CommandContext): Html[] {
  return QUESTIONS.flatMap((id) => services.content.faq.get(id) ?? []).map(
    (entry) =>
      html`<li><a href="${invocationHref({ command: 'faq', args: { id: entry.id } })}">${entry.question}</a></li>`,
  );
}
