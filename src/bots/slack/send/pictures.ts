// Charts as pictures for workspaces without native ones: by address where our web page is public, else as an uploaded file.
import type { WebClient } from '@slack/web-api';
import type { Card } from '../../../app/card.ts';
import type { Log } from '../../../base/log.ts';
import { chartsOf, drawCharts, type DrawTools } from '../../draw-charts.ts';
import { codeOf } from '../outcomes.ts';
import type { ChartSlot, Draft } from '../render/draft.ts';
import type { Picture } from '../render/render.ts';

/** A picture that is not drawn by then is left out; its words stay. */
const DRAW_MS = 6000;

/** Slack fetches image addresses from outside, so only https ones are of use; `at` keeps its cache from showing an old chart. */
export function picturesByAddress(draft: Draft, publicUrl: string | null, at: number): Map<number, Picture> {
  const pictures = new Map<number, Picture>();
  if (publicUrl === null || !publicUrl.startsWith('https://')) return pictures;
  for (const slot of slotsOf(draft)) {
    if (slot.path === null) continue;
    const url = new URL(`${publicUrl}${slot.path}`); // the address may have a path of its own
    url.searchParams.set('theme', 'light');
    url.searchParams.set('canvas', 'phone');
    url.searchParams.set('at', String(Math.floor(at / 60_000)));
    pictures.set(slot.picture, { image_url: url.href });
  }
  return pictures;
}

export function slotsOf({ parts }: Draft): ChartSlot[] {
  return parts.filter((part) => part.type === 'chart');
}

/** A drawn chart. `index`: of the chart in its card. */
export type PictureFile = { index: number; name: string; png: Uint8Array };

/** Draws the charts of a card; charts that cannot be drawn in time are missing. */
export async function drawFiles(card: Card, tools: DrawTools): Promise<PictureFile[]> {
  const drawn = await drawCharts(card, 'light', DRAW_MS, { ...tools, canvas: 'phone' });
  return chartsOf(card).flatMap((chart, index) => {
    const png = drawn.get(chart);
    return png === undefined ? [] : [{ index, name: chart.fileName, png }];
  });
}

/** Uploads pictures without a channel: Slack shares them with whoever sees the message that uses them. */
export async function uploadPictures(
  client: WebClient,
  files: readonly (PictureFile & { alt: string })[],
  log: Log,
): Promise<Map<number, Picture>> {
  const pictures = new Map<number, Picture>();
  for (const { index, name, png, alt } of files) {
    try {
      const answer = (await client.filesUploadV2({
        file: Buffer.from(png),
        filename: name,
        title: name,
        alt_text: alt,
      })) as unknown as { files?: { files?: { id?: string }[] }[] };
      const id = answer.files?.[0]?.files?.[0]?.id;
      if (id !== undefined) pictures.set(index, { slack_file: { id } });
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'a chart could not be uploaded to Slack');
    }
  }
  return pictures;
}
