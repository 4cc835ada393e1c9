// Draws one picture without closing anything: the process must still end by itself.
import { createCharts } from '../../src/charts/charts.ts';
import { price } from './samples.ts';

const png = await createCharts().png(price);
process.stdout.write(String(png.byteLength > 10_000));
