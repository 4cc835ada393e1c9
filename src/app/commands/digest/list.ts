// `/digest list`: the digests of this channel; with `everywhere` those of the whole server or workspace, for those who manage.
import type { Block, Card, Span } from '../../card.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { NEXT_STEP, nextStep, PAGE, pageOf } from '../../blocks/next-step.ts';
import { notAllowedCard, withCode } from '../../error-card.ts';
import { askerOf, digestAnswer, digestButtons, notices, SET_UP } from '../../digest/requester.ts';
import { channelSpan, digestFields, digestName, lastWords, stateWords, whenWords } from '../../digest/text.ts';
import { localMoment } from '../../../format/dates.ts';
import type { DigestView } from '../../../digests/digests.ts';

const NONE_YET = 'No digests here yet.';
const TO_BEGIN = ' Create one with `/digest create 09:00 Europe/Berlin`.';

export const digestList = defineCommand({
  name: 'digest list',
  summary: 'Digests of this channel, with their next run',
  example: '/digest list everywhere',
  serverOnly: true,
  private: true,
  args: {
    everywhere: { type: 'flag', description: 'All digests of the server or workspace, for those who manage' },
    digest: { type: 'text', description: 'The one that was chosen', hidden: true },
    page: PAGE,
    next: NEXT_STEP,
  },
  async run({ everywhere = false, digest, page, next }, context): Promise<Card> {
    const { request, services } = context;
    const asker = askerOf(context);
    if (digest !== undefined) return chosen(await services.digests.find(digest, asker), context);
    const { platform, tenant, channel } = asker;
    if (everywhere && !request.user.canManage) return notAllowedCard('digest list everywhere', request);
    const here = await services.digests.list({ platform, tenant, channel });
    const all = request.user.canManage ? await services.digests.list({ platform, tenant }) : here;
    const elsewhere = all.filter((view) => view.channel !== channel);
    const views = everywhere ? [...here, ...elsewhere] : here;
    await services.digests.shown(
      asker,
      views.map(({ id }) => id),
    );
    const turned = { ...(everywhere ? { everywhere: 'true' } : {}), ...(next === undefined ? {} : { next }) };
    const { items: shown, first, turn } = pageOf(views, page?.value ?? 1, { command: 'digest list', args: turned });
    const [only] = views;
    const notes = [
      ...(everywhere || elsewhere.length === 0
        ? []
        : [`${elsewhere.length} in other channels: \`/digest list everywhere\``]),
      ...(everywhere && views.length > 0
        ? ['Manage each from here by its number or ID, for example `/digest pause 1`']
        : []),
    ];
    return digestAnswer(everywhere ? 'Digests everywhere' : 'Digests', [
      ...(shown.length === 0
        ? [
            {
              kind: 'text',
              spans: withCode(NONE_YET + (request.user.canManage ? TO_BEGIN : '')),
            } as const,
          ]
        : [
            {
              kind: 'list',
              items: shown.map((view, index) => line(view, first + index + 1, everywhere, context)),
            } as const,
          ]),
      ...nextStep('digest', next, shown.length),
      ...notes.map((note) => ({ kind: 'note', spans: withCode(note) }) as const),
      ...(await notices(context)),
      ...turn,
      ...(views.length === 0 && request.user.canManage ? [{ kind: 'buttons', buttons: [SET_UP] } as const] : []),
      ...(only !== undefined && views.length === 1 && request.user.canManage ? [digestButtons(only)] : []),
      ...(views.length > 1 && request.user.canManage ? [menu(shown, first, context)] : []),
    ]);
  },
});

/** One digest of the list, with what can be done about it. */
function chosen(view: DigestView, { services, request }: CommandContext): Card {
  const fields = digestFields(view, services, { here: request.place.channel, locale: request.locale });
  return digestAnswer('Digest', [{ kind: 'fields', fields }, ...(request.user.canManage ? [digestButtons(view)] : [])]);
}

function menu(views: readonly DigestView[], first: number, { services }: CommandContext): Block {
  const options = views.map((view, index) => ({
    label: `${first + index + 1} ${digestName(view, services)} ${whenWords(view)}`,
    invocation: { command: 'digest list', args: { digest: view.id } },
  }));
  return { kind: 'menu', placeholder: 'Choose a digest to change', options };
}

function line(view: DigestView, number: number, everywhere: boolean, { services, request }: CommandContext): Span[] {
  const next = view.nextAt === null ? stateWords(view) : `next ${localMoment(view.nextAt, request.locale, view.zone)}`;
  return [
    { kind: 'bold', text: `${number} ${digestName(view, services)}` },
    ` ${whenWords(view)} · ${next}`,
    ...(everywhere ? [' · ', channelSpan(view, request.place.channel), ` · ${lastWords(view, request.locale)}`] : []),
    ' · ',
    { kind: 'code', text: view.id },
    ...(view.nextAt !== null && view.trouble !== null ? [` · ⚠ blocked: ${view.trouble}`] : []),
  ];
}
