// Scheduled posts on Discord: rendered once, posted with a nonce and a tag of their key, looked up by that tag.
import type { Card } from '../../app/card.ts';
import { personOf } from '../../base/direct-target.ts';
import type { Bot } from '../bot.ts';
import type { Pictures } from '../draw-charts.ts';
import type { DirectChannels } from './direct-channels.ts';
import { NONCE } from './limits.ts';
import { CODES, notDone } from './outcomes.ts';
import { frozen, thawed } from './render/frozen-body.ts';
import { type Message, withoutPictures } from './render/render.ts';
import type { DrawPictures } from './send/pictures.ts';
import { tagged } from './send/post-key.ts';
import type { Posts } from './send/posts.ts';
import type { Rights } from './send/rights.ts';

export type ScheduledPostsOptions = {
  posts: Posts;
  rights: Rights;
  direct: DirectChannels;
  render: (card: Card, pictures: Pictures) => Message;
  draw: DrawPictures;
  /** The bot's own user; null until Discord has told it. */
  self: () => string | null;
  /** Discord refused the token: nothing is posted any more. */
  isOff: () => boolean;
};

/** This half of the port of a bot. */
export type ScheduledPosts = Pick<Bot, 'prepare' | 'post' | 'find' | 'remove'> & Required<Pick<Bot, 'canPost'>>;

export function createScheduledPosts(options: ScheduledPostsOptions): ScheduledPosts {
  const { posts, rights, direct, render, draw, self, isOff } = options;
  return {
    prepare: async (card) => frozen(render(card, await draw(card))),
    async post(target, body, key, mayLeave) {
      if (isOff()) return { kind: 'bad-credential', code: 'off' };
      const message = tagged(thawed(body), key);
      const nonce = key.slice(0, NONCE);
      const channel =
        personOf(target.channel) !== null ? await direct.resolve(target.channel).catch(notDone) : target.channel;
      if (typeof channel !== 'string') return channel;
      const outcome = await posts.post('digest', channel, message, { nonce }, mayLeave);
      const perhapsOnlyPictures =
        outcome.kind === 'bad-target' &&
        outcome.code === String(CODES.missingPermission) &&
        message.pictures.length > 0;
      return perhapsOnlyPictures
        ? await posts.post('digest', channel, withoutPictures(message), { nonce }, mayLeave)
        : outcome;
    },
    async find(target, key, since) {
      const user = self();
      if (user === null) return { kind: 'cannot-see' };
      const channel = await direct.resolve(target.channel).catch((error: unknown) => {
        if (notDone(error).kind !== 'bad-target') throw error;
        return null; // there is no conversation with that person any more
      });
      return channel === null ? { kind: 'cannot-see' } : posts.find(channel, key, since, user);
    },
    canPost(target) {
      const user = self();
      return user === null || personOf(target.channel) !== null
        ? Promise.resolve({ kind: 'unknown' }) // people close their direct messages without a trace that could be asked for
        : rights.canPost(target.channel, user);
    },
    remove: async (target, messageId) => posts.remove(await direct.resolve(target.channel), messageId),
  };
}
