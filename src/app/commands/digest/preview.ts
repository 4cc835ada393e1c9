// `/digest preview`: shows one digest as it would be posted right now, to the asker only.
import { defineCommand } from '../../command.ts';
import { askerOf, WHICH } from '../../digest/requester.ts';
import { digestCard } from '../../digest/card.ts';

export const digestPreview = defineCommand({
  name: 'digest preview',
  summary: 'Show a digest as it would be posted now, only to you',
  example: '/digest preview',
  serverOnly: true,
  private: true,
  args: { digest: WHICH },
  async run(args, context) {
    const view = await context.services.digests.find(args.digest, askerOf(context));
    const card = await digestCard({ ...view, dueAt: context.now, late: false }, context.services, context.now);
    return { ...card, title: `Preview · ${card.title}`, private: true };
  },
});
