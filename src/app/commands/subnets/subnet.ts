// `/subnet`: one subnet by number, name or symbol.
import { defineCommand } from '../../command.ts';
import { subnetAnswer, subnetView } from '../../subnets/card.ts';
import { SUBNET_RANGES } from '../../subnets/chart.ts';

export const subnet = defineCommand({
  name: 'subnet',
  summary: 'One subnet: price, changes, chart, pool, emission, removal',
  example: '/subnet 64',
  args: {
    subnet: { type: 'subnet', description: 'Number, name or symbol', required: true, rest: true, autocomplete: true },
    currency: { type: 'currency', description: 'Currency beside TAO, for example eur', autocomplete: true },
    range: { type: 'choice', description: 'Time range of the chart', choices: SUBNET_RANGES, hidden: true },
  },
  run: (args, context) => subnetAnswer(args.subnet, subnetView(context, args.currency, args.range), context),
});
