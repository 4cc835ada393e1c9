// The pages: front page, answers, coins.
import { visibleText } from '../base/visible-text.ts';
import { type Context, Hono } from 'hono';
import { liveValues } from '../app/bittensor/live-values.ts';
import { LONGEST_QUERY, type WebContext } from './context.ts';
import { askPage } from './pages/ask.ts';
import { coinPage } from './pages/coin.ts';
import { notFoundPage } from './pages/error.ts';
import { homePage } from './pages/home.ts';
import { marketPage } from './pages/market.ts';
import type { Html } from './pages/card.ts';
import { type Range, RANGES } from '../base/ranges.ts';

export function pageRoutes(web: WebContext): Hono {
  const { services } = web;
  const { locale, publicUrl } = services.defaults;
  const app = new Hono();
  app.get('/', async (c) => {
    // Questions stood at this address once, and links to them still do.
    if (c.req.query('q') !== undefined || c.req.query('a') !== undefined)
      return c.redirect(`/ask${new URL(c.req.url).search}`, 301);
    return fresh(c, await homePage(web.context()));
  });
  app.get('/ask', async (c) => {
    const question = visibleText((c.req.queries('q') ?? []).join(' ').slice(0, LONGEST_QUERY));
    const code = c.req.query('a');
    const voting = code?.includes('vote=') === true; // votes change a counter: only by the form below
    if (code !== undefined && !voting) return fresh(c, askPage(await web.press(code), '', publicUrl));
    if (question.trim() === '') return c.redirect('/', 302);
    return fresh(c, askPage(await web.ask(question, locale), question, publicUrl));
  });
  app.post('/ask', async (c) => {
    const form = await c.req.parseBody().catch(nullIfBroken);
    const code = typeof form?.['a'] === 'string' ? form['a'].slice(0, LONGEST_QUERY) : '';
    return fresh(c, askPage(await web.press(code), '', publicUrl));
  });
  app.get('/coins/:id', async (c) => {
    const id = c.req.param('id');
    const range = rangeOf(c.req.query('range'));
    const context = web.context();
    const profile = services.content.coins.get(id);
    if (profile !== undefined)
      return fresh(c, await coinPage(profile, context, await liveValues(context), { range, phone: onPhone(c) }));
    const found = services.content.index().resolve(`id:${id}`);
    if (found.kind !== 'exact' || found.coin.id !== id)
      return c.html(notFoundPage('I know no coin at this address'), 404);
    return fresh(c, await marketPage(found.coin, context, range));
  });
  return app;
}

/** A form that is not as its content type says, which is a TypeError; what else goes wrong with a body is not ours to judge. */
function nullIfBroken(error: unknown): null {
  if (error instanceof TypeError) return null;
  throw error;
}

/** Numbers are of the moment: no page is kept anywhere. */
function fresh(c: Context, page: Html): Response | Promise<Response> {
  return c.html(page, 200, { 'cache-control': 'no-store' });
}

/** The chosen range of a chart; anything unknown is the week. */
function rangeOf(asked: string | undefined): Range {
  return RANGES.find((range) => range === asked) ?? '7d';
}

/** Long sections are closed there. "Mobi" is what phones say (https://developer.mozilla.org/docs/Web/HTTP/Guides/Browser_detection_using_the_user_agent). */
function onPhone(c: Context): boolean {
  return c.req.header('sec-ch-ua-mobile') === '?1' || (c.req.header('user-agent') ?? '').includes('Mobi');
}
