// Thousands of servers share one body in a minute: its pictures are decoded once for all of them, and sent from the same memory.
import { expect, it } from 'vitest';
import { frozen, thawed } from '../../../../src/bots/discord/render/frozen-body.ts';
import { outgoing } from '../../../../src/bots/discord/send/payload.ts';

it('the pictures of a body have the same bytes in memory wherever it is posted', () => {
  const data = Uint8Array.from([137, 80, 78, 71, 255, 0]);
  const body = frozen({ components: [], pictures: [{ name: 'chart.png', alt: 'A chart', data }] });
  const sent = ['a', 'b'].map((nonce) => outgoing(thawed(body), { nonce }).files[0]?.data as Buffer);
  expect(sent.map((bytes) => [...bytes])).toEqual([[...data], [...data]]);
  expect(sent[0]?.buffer).toBe(sent[1]?.buffer);
  expect(sent[0]?.byteOffset).toBe(sent[1]?.byteOffset);
});
