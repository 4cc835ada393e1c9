// The page of all subnets: one table in any order, by links without script; on a phone the column of the chosen order stays.
import { html } from 'hono/html';
import { subnetMarketFields } from '../../app/bittensor/subnet-market.ts';
import { ageSpans, type View } from '../../app/blocks/quote.ts';
import type { CommandContext } from '../../app/command.ts';
import { isSample, taoPrice } from '../../app/subnets/figures.ts';
import { sourceNotes } from '../../app/subnets/notes.ts';
import { ABOUT_REMOVAL, removalWatch } from '../../app/subnets/removal-watch.ts';
import { changeCell, ORDERS, sorted, SORTS, type SubnetSort } from '../../app/subnets/sorting.ts';
import type { Subnet, SubnetSnapshot } from '../../chain/subnets/port.ts';
import { change } from '../../format/numbers.ts';
import type { Quote } from '../../market/market.ts';
import { blockHtml, type Html, invocationHref, spansHtml } from './card.ts';
import { layout } from './layout.ts';

type Cell = string | null | Html;

/** `sort`: the order that the header leads to; `always`: also on phones, where another column stays only while it orders the list. */
type Column = {
  label: string;
  sort?: SubnetSort;
  order?: 'ascending' | 'descending';
  always?: true;
  cell(subnet: Subnet, snapshot: SubnetSnapshot, view: View): Cell;
};

const COLUMNS: readonly Column[] = [
  {
    label: 'Price τ',
    sort: 'price',
    always: true,
    cell: ({ priceTao }, _snapshot, { locale }) => (priceTao === null ? null : taoPrice(priceTao, locale)),
  },
  { label: '24 h', sort: 'change', always: true, cell: (subnet, ...rest) => moved(subnet.change.h24, ...rest) },
  { label: '7 d', cell: (subnet, ...rest) => moved(subnet.change.d7, ...rest) },
  { label: 'Cap τ', sort: 'cap', cell: ORDERS.cap.cell },
  { label: 'Emission', sort: 'emission', cell: ORDERS.emission.cell },
  { label: 'Age', sort: 'new', order: 'ascending', cell: ORDERS.new.cell },
  { label: 'Removal', sort: 'risk', order: 'ascending', cell: place },
];

/** `asked`: the wanted order; anything unknown is the order by market cap. 503 with the reason while nothing was ever read. */
export async function subnetsPage(
  context: CommandContext,
  asked: string | undefined,
): Promise<{ page: Html; status: 200 | 503 }> {
  const sort = SORTS.find((one) => one === asked) ?? 'cap';
  const { services, request, now } = context;
  const [result, quotes] = await Promise.all([
    services.subnets.snapshot(),
    services.market.quotes(['bittensor'], services.defaults.currency),
  ]);
  if (result.snapshot === null) return { page: unavailablePage(result.reason), status: 503 };
  const { snapshot } = result;
  const view: View = { locale: request.locale, now };
  const tao = quotes.get('bittensor');
  const body = html`<h1>Bittensor subnets</h1>
    <p class="lead">Every subnet has a token, alpha, priced in TAO (τ) by the chain itself.</p>
    ${sort === 'risk' ? watchHtml(snapshot, tao.quote, context) : blockHtml({ kind: 'fields', fields: subnetMarketFields(snapshot, tao.quote, request.locale) })}
    <nav class="buttons" aria-label="Order">${SORTS.map((option) => orderLink(option, sort))}</nav>
    <div class="scroll">
      <table class="coins">
        <caption>
          ${snapshot.subnets.length} subnets by ${ORDERS[sort].words} ·
          ${isSample(snapshot) ? 'sample data' : spansHtml(ageSpans(snapshot.blockAt, view))}
        </caption>
        <thead>
          <tr>
            <th scope="col">Subnet</th>
            ${COLUMNS.map((column) => headerHtml(column, sort))}
          </tr>
        </thead>
        <tbody>
          ${sorted(snapshot.subnets, sort).map((subnet) => rowHtml(subnet, sort, snapshot, view))}
        </tbody>
      </table>
    </div>
    ${sourceNotes(snapshot, tao, view).map(blockHtml)}`;
  const description =
    'All subnets of Bittensor: alpha prices, changes, market caps, emission and who is next to be removed.';
  const place = { path: '/subnets', publicUrl: services.defaults.publicUrl };
  return {
    page: layout({ title: 'Bittensor subnets: prices, emission, removal', description, body, ...place }),
    status: 200,
  };
}

/** What stands in place of any page of subnets while nothing was ever read. */
export function unavailablePage(reason: string): Html {
  const body = html`<h1>Bittensor subnets</h1>
    <p><strong>Subnet data unavailable:</strong> ${reason}.</p>
    <p>Please load this page again in a minute. <a href="/coins/bittensor">TAO's price and profile</a> are there.</p>`;
  return layout({ title: 'Bittensor subnets', description: 'Subnets of Bittensor, from the chain.', body });
}

function watchHtml(snapshot: SubnetSnapshot, tao: Quote | null, context: CommandContext): Html {
  return html`<h2>The next removal</h2>
    ${removalWatch(snapshot, tao, context).map(blockHtml)}
    <p><a href="${invocationHref(ABOUT_REMOVAL.invocation)}">${ABOUT_REMOVAL.label}</a></p>`;
}

function orderLink(option: SubnetSort, active: SubnetSort): Html {
  const { words } = ORDERS[option];
  return option === active
    ? html`<a class="button active" aria-current="true" href="/subnets?sort=${option}">${words}</a>`
    : html`<a class="button" href="/subnets?sort=${option}">${words}</a>`;
}

function headerHtml(column: Column, active: SubnetSort): Html {
  const { label, sort, order = 'descending' } = column;
  const name = classOf(column, active);
  if (sort === undefined) return html`<th scope="col" class="${name}">${label}</th>`;
  if (sort === active)
    return html`<th scope="col" class="${name}" aria-sort="${order}">
      ${label} <span aria-hidden="true">${order === 'ascending' ? '▴' : '▾'}</span>
    </th>`;
  return html`<th scope="col" class="${name}"><a href="/subnets?sort=${sort}">${label}</a></th>`;
}

function rowHtml(subnet: Subnet, active: SubnetSort, snapshot: SubnetSnapshot, view: View): Html {
  return html`<tr>
    <th scope="row">
      <a href="/subnets/${subnet.netuid}"><bdi>${subnet.name}</bdi></a> <small>SN${subnet.netuid}</small>
    </th>
    ${COLUMNS.map((column) => html`<td class="${classOf(column, active)}">${column.cell(subnet, snapshot, view) ?? '–'}</td>`)}
  </tr>`;
}

/** A phone has room for four columns: name, price, change, and what the list is ordered by (else the market cap). */
function classOf({ sort, always }: Column, active: SubnetSort): string {
  const kept = active === 'price' || active === 'change' ? 'cap' : active;
  return always === true || sort === kept ? 'number' : 'number hide-small';
}

function moved(value: number | null, snapshot: SubnetSnapshot, view: View): Cell {
  const text = changeCell(value, snapshot, view);
  return value === null || text === null
    ? null
    : html`<span class="change ${change(value, view.locale).direction}">${text}</span>`;
}

function place({ removalRank, protectedUntilBlock }: Subnet): string | null {
  if (removalRank !== null) return removalRank === 1 ? 'next' : `#${removalRank}`;
  return protectedUntilBlock === null ? null : 'protected';
}
