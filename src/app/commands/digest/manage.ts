// `/digest preview`, `pause`, `resume`, `delete` and `now`: a look at one digest, and small changes for those who manage the channel.
import type { Block, Card } from '../../card.ts';
import { type CommandContext, defineCommand } from '../../command.ts';
import { askerOf, digestAnswer, digestButtons, notices, WHICH } from '../../digest/requester.ts';
import { withCode } from '../../error-card.ts';
import { digestCard } from '../../digest/card.ts';
import { digestFields, whenWords } from '../../digest/text.ts';
import { UserError } from '../../../base/errors.ts';
import type { DigestView } from '../../../digests/digests.ts';

const MANAGED = { manage: true, serverOnly: true, private: true } as const;

export const digestPreview = defineCommand({
  name: 'digest preview',
  summary: 'Show a digest as it would be posted now, only to you',
  example: '/digest preview',
  serverOnly: true,
  private: true,
  args: { digest: WHICH },
  async run(args, context) {
    const view = await context.services.digests.find(args.digest, askerOf(context));
    if (view.damaged === true) throw new UserError('damaged-digest', view.trouble ?? '');
    const { services, now } = context;
    const card = await digestCard({ ...view, dueAt: view.nextAt ?? now, late: false }, services, now);
    return { ...card, title: `Preview · ${card.title}`, private: true };
  },
});

export const digestPause = defineCommand({
  name: 'digest pause',
  summary: 'Stop a digest until it is resumed',
  example: '/digest pause',
  ...MANAGED,
  args: { digest: WHICH },
  run: async (args, context) =>
    await changed('Digest paused', args.digest, context, (id) => context.services.digests.pause(id, askerOf(context))),
});

export const digestResume = defineCommand({
  name: 'digest resume',
  summary: 'Resume a paused or stopped digest',
  example: '/digest resume',
  ...MANAGED,
  args: { digest: WHICH },
  run: async (args, context) =>
    await changed('Digest resumed', args.digest, context, (id) =>
      context.services.digests.resume(id, askerOf(context)),
    ),
});

export const digestDelete = defineCommand({
  name: 'digest delete',
  summary: 'Delete a digest; it can be undone for a day',
  example: '/digest delete 1',
  ...MANAGED,
  args: { digest: WHICH },
  async run(args, context) {
    const view = await context.services.digests.find(args.digest, askerOf(context));
    const again = await context.services.digests.remove(view.id, askerOf(context));
    return digestAnswer('Digest deleted', [
      { kind: 'text', spans: [`Deleted: the digest ${whenWords(view)}.`] },
      ...(await notices(context)),
      ...(again === null ? [] : undo(again)),
    ]);
  },
});

/** A press that brings it back as it was, running; the draft behind it is kept for a day. */
function undo(draft: string): Block[] {
  const invocation = { command: 'digest resume', args: { digest: draft } };
  return [
    { kind: 'buttons', buttons: [{ label: 'Undo', invocation }] },
    { kind: 'note', spans: withCode(`Undo works for a day; without buttons: \`/digest resume ${draft}\``) },
  ];
}

export const digestNow = defineCommand({
  name: 'digest now',
  summary: 'Post a digest now, in addition to the daily post',
  example: '/digest now',
  ...MANAGED,
  args: { digest: WHICH },
  async run(args, context) {
    const view = await context.services.digests.find(args.digest, askerOf(context));
    await context.services.digests.now(view.id, askerOf(context));
    return digestAnswer('On its way', [
      {
        kind: 'text',
        spans: ['It will appear in the channel in a few seconds. The next daily post comes as planned.'],
      },
    ]);
  },
});

async function changed(
  title: string,
  typed: string | undefined,
  context: CommandContext,
  change: (id: string) => Promise<DigestView>,
): Promise<Card> {
  const { services, request } = context;
  const found = await services.digests.find(typed, askerOf(context));
  const view = await change(found.id);
  const fields: Block = {
    kind: 'fields',
    fields: digestFields(view, services, { here: request.place.channel, locale: request.locale }),
  };
  return digestAnswer(title, [
    fields,
    ...view.notes.map((note) => ({ kind: 'note', spans: [note] }) as const),
    ...(await notices(context)),
    digestButtons(view),
  ]);
}
