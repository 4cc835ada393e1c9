// `/digest list`: the digests of this channel, and of the whole server for those who manage it.
import type { Card, Span } from '../../card.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { askerOf, digestAnswer, digestButtons, notices } from '../../digest/requester.ts';
import { channelSpan, coinSymbols, stateWords, whenWords } from '../../digest/text.ts';
import { localMoment } from '../../../format/dates.ts';
import type { DigestView } from '../../../digests/digests.ts';

/** More lines than this do not fit one message on every platform. */
const MOST_LINES = 20;

export const digestList = defineCommand({
  name: 'digest list',
  summary: 'Digests of this channel, with their next run',
  example: '/digest list',
  serverOnly: true,
  private: true,
  args: {},
  async run(_args, context): Promise<Card> {
    const { request, services } = context;
    const { platform, tenant, channel } = askerOf(context);
    const here = await services.digests.list({ platform, tenant, channel });
    const all = request.user.canManage ? await services.digests.list({ platform, tenant }) : here;
    const elsewhere = all.filter((view) => view.channel !== channel);
    const rows = [
      ...here.map((view, index) => line(view, `${index + 1}`, context)),
      ...elsewhere.map((view) => line(view, '·', context)),
    ];
    const [only] = here;
    return digestAnswer('Digests', [
      ...(rows.length === 0
        ? [
            {
              kind: 'text',
              spans: ['No digests here yet. Create one with `/digest create 09:00 Europe/Berlin`.'],
            } as const,
          ]
        : [{ kind: 'list', items: rows.slice(0, MOST_LINES) } as const]),
      ...(rows.length > MOST_LINES ? [{ kind: 'note', spans: [`and ${rows.length - MOST_LINES} more`] } as const] : []),
      ...(await notices(context)),
      ...(only !== undefined && here.length === 1 && request.user.canManage ? [digestButtons(only)] : []),
    ]);
  },
});

function line(view: DigestView, mark: string, { services, request }: CommandContext): Span[] {
  const next = view.nextAt === null ? stateWords(view) : `next ${localMoment(view.nextAt, request.locale, view.zone)}`;
  const where: Span[] = view.channel === request.place.channel ? [] : [' · ', channelSpan(view, request.place.channel)];
  return [
    { kind: 'bold', text: `${mark} ${coinSymbols(view.coins, services)}` },
    ` ${whenWords(view)} · ${next}`,
    ...where,
    ' · ',
    { kind: 'code', text: view.id },
    ...(view.nextAt !== null && view.trouble !== null ? [` · ⚠ blocked: ${view.trouble}`] : []),
  ];
}
