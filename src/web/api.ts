// The JSON API: CoinGecko-shaped rows from our cache, profiles, FAQ answers, and any card a chat could get.
import { Hono } from 'hono';
import { type Card, spanText } from '../app/card.ts';
import { LONGEST_QUERY, type WebContext } from './context.ts';
import { cardSpans } from '../app/blocks/prose.ts';
import { liveValues } from '../app/bittensor/live-values.ts';
import type { FaqEntry } from '../content/schema.ts';
import { onlyParameters } from './query.ts';

const MOST_IDS = 100;

export function apiRoutes(web: WebContext): Hono {
  const { services, now } = web;
  const api = new Hono();
  // Programs made for CoinGecko send more than we need here: https://docs.coingecko.com/reference/coins-markets
  api.get('/coingecko/markets', async (c) => {
    const currency = (c.req.queries('vs_currency') ?? []).join(',').toLowerCase();
    const named = (c.req.queries('ids') ?? [])
      .join(',')
      .split(',')
      .map((id) => id.trim().toLowerCase());
    const ids = [...new Set(named.filter(Boolean))];
    if (!services.market.currencies().includes(currency))
      return c.json({ error: 'vs_currency is missing or unknown, for example vs_currency=usd' }, 400);
    if (ids.length === 0 || ids.length > MOST_IDS || ids.some((id) => !/^[a-z0-9][a-z0-9._-]{0,99}$/.test(id))) {
      return c.json(
        { error: `ids needs 1 to ${MOST_IDS} CoinGecko ids separated by commas, for example ids=bittensor` },
        400,
      );
    }
    const { rows, at } = await services.market.rows(ids, currency);
    if (at !== null) c.header('Age', String(Math.max(0, Math.ceil((now() - at) / 1000))));
    return c.json(rows);
  });
  api.get('/coins/:id', onlyParameters('currency'), async (c) => {
    const profile = services.content.coins.get(c.req.param('id'));
    if (profile === undefined)
      return c.json(
        { error: `no profile of that coin; there are: ${[...services.content.coins.keys()].join(', ')}` },
        404,
      );
    const currency = (c.req.query('currency') ?? services.defaults.currency).toLowerCase();
    if (!services.market.currencies().includes(currency))
      return c.json({ error: 'currency is unknown, for example currency=usd' }, 400);
    const result = (await services.market.quotes([profile.id], currency)).get(profile.id);
    const ageSeconds = result.quote === null ? null : Math.max(0, Math.ceil((now() - result.quote.at) / 1000));
    return c.json({
      profile,
      quote: result.quote,
      ageSeconds,
      ...(result.quote === null ? { reason: result.reason } : {}),
    });
  });
  api.get('/faq', onlyParameters('q'), async (c) => {
    const question = (c.req.query('q') ?? '').slice(0, LONGEST_QUERY);
    if (question.trim() === '') return c.json({ error: 'q is missing, for example q=when is the next halving' }, 400);
    const found = (await services.content.search.prepare()).ask(question);
    const answer = found.answer === null ? null : await answerJson(found.answer, web);
    return c.json({
      answer,
      confidence: found.confidence,
      suggestions: found.suggestions.slice(0, 3).map(({ id, question: text }) => ({ id, question: text })),
    });
  });
  api.get('/ask', onlyParameters('q', 'locale'), async (c) => {
    const text = (c.req.query('q') ?? '').slice(0, LONGEST_QUERY);
    if (text.trim() === '') return c.json({ error: 'q is missing, for example q=/coin tao' }, 400);
    const locale = c.req.query('locale') ?? services.defaults.locale;
    if (!isLocale(locale)) return c.json({ error: 'locale is no language tag, for example locale=de-CH' }, 400);
    const card: Card = await web.ask(text, locale);
    return c.json({ card });
  });
  return api;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

async function answerJson(entry: FaqEntry, web: WebContext) {
  const values = await liveValues(web.context());
  const paragraphs = web.services.content.fill(entry.answer, values);
  return {
    id: entry.id,
    question: entry.question,
    text: paragraphs.map((paragraph) => spanText(cardSpans(paragraph))).join('\n\n'),
    sources: entry.sources,
    asOf: entry.asOf,
  };
}
