// What pages can do with a script: ranges switch in place, and a chart says its price where one points at it. All else works without.

const NUMBERS = { maximumSignificantDigits: 6 };
const MOMENT = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' };
const language = document.documentElement.lang;

/** The page at a link is fetched, and its price part takes the place of this one; the address follows. */
async function switchRange(link) {
  const part = document.querySelector('#price');
  part.setAttribute('aria-busy', 'true');
  const response = await fetch(link.href);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.querySelector('#price');
  if (!response.ok || fresh === null) throw new Error('no price part');
  part.replaceWith(fresh);
  history.replaceState(null, '', link.href);
  fresh.querySelector('[aria-current]')?.focus({ preventScroll: true });
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('#price > nav a');
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  switchRange(link).catch(() => location.assign(link.href));
});

/** "from to left right width": which times stand where in the picture, as it says itself in its first bytes. */
const plots = new Map();
async function readPlot(address) {
  const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer(), 0, 300);
  const said = /plot\0([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(String.fromCharCode(...bytes));
  return said?.slice(1).map(Number);
}

const words = document.createElement('output');
const rule = document.createElement('i');
words.className = 'readout';
rule.className = 'rule';

async function readOut(image, at) {
  const address = image.currentSrc;
  if (!plots.has(address)) plots.set(address, readPlot(address));
  const plot = await plots.get(address).catch(() => plots.delete(address) && undefined);
  const figure = image.closest('figure');
  const points = JSON.parse(figure.dataset.points ?? '[]');
  if (!plot || points.length === 0 || image !== pointed) return;
  const [from, to, left, right, width] = plot;
  const box = image.getBoundingClientRect();
  const scale = box.width / width;
  const time = from + (((at - box.left) / scale - left) / (right - left)) * (to - from);
  const [moment, value] = points.reduce((best, one) =>
    Math.abs(one[0] * 1000 - time) < Math.abs(best[0] * 1000 - time) ? one : best,
  );
  const when = new Intl.DateTimeFormat(language, MOMENT).format(moment * 1000);
  words.textContent = `${figure.dataset.unit} ${new Intl.NumberFormat(language, NUMBERS).format(value)} · ${when} UTC`;
  const x = (left + ((moment * 1000 - from) / (to - from)) * (right - left)) * scale;
  rule.style.left = `${Math.min(right * scale, Math.max(left * scale, x))}px`;
  rule.style.height = `${box.height}px`;
  figure.append(words, rule);
}

let pointed = null;
document.addEventListener('pointermove', (event) => {
  const image = event.target.closest?.('figure[data-points] img') ?? null;
  pointed = image;
  if (image === null) {
    words.remove();
    rule.remove();
  } else readOut(image, event.clientX).catch(() => undefined);
});
