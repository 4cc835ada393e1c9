// The list of commands in the order of /help; everything else that lists commands derives from it.
import type { Command } from '../command.ts';
import { about } from './about.ts';
import { alertCreate } from './alert/create.ts';
import { alertHistory, alertList } from './alert/list.ts';
import { alertDelete, alertPause, alertResume } from './alert/manage.ts';
import { chart } from './market/chart.ts';
import { coin } from './market/coin.ts';
import { compare } from './market/compare.ts';
import { convert } from './market/convert.ts';
import { faqGaps } from './faq-gaps.ts';
import { faq } from './faq.ts';
import { digestCreate } from './digest/create.ts';
import { digestSetup } from './digest/setup.ts';
import { digestList } from './digest/list.ts';
import { digestDelete, digestNow, digestPause, digestPreview, digestResume } from './digest/manage.ts';
import { createHelp } from './help.ts';
import { network } from './network.ts';
import { price } from './market/price.ts';
import { privacyDelete, privacyExport } from './privacy.ts';
import { subnet } from './subnets/subnet.ts';
import { subnets } from './subnets/subnets.ts';
import { tickerClear, tickerSet } from './ticker/ticker.ts';

const help = createHelp(() => COMMANDS);

export const COMMANDS: readonly Command[] = [
  coin,
  price,
  chart,
  compare,
  convert,
  faq,
  network,
  subnet,
  subnets,
  digestSetup,
  digestCreate,
  digestList,
  digestPreview,
  digestPause,
  digestResume,
  digestDelete,
  digestNow,
  alertCreate,
  alertList,
  alertHistory,
  alertPause,
  alertResume,
  alertDelete,
  tickerSet,
  tickerClear,
  faqGaps,
  privacyExport,
  privacyDelete,
  help,
  about,
];
