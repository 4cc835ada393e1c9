// What Slack would say of blocks: the documented limits, counted independently of the code under test.

export type Json = Record<string, unknown>;

export type BlockRules = {
  /** False: a workspace that the roll-out of these two blocks has not reached. */
  dataVisualization: boolean;
  dataTable: boolean;
  /** Ids of files that are ready to be shown. */
  fileReady: (id: string) => boolean;
  mostBlocks: number;
};

type Check = (block: Json, at: string, rules: BlockRules) => string[];

const ELEMENT_LIMITS = {
  button: 75,
  option: 75,
  optionValue: 150,
  buttonValue: 2000,
  actionId: 255,
  placeholder: 150,
  options: 100,
};

/** All problems, in words; an empty list means that Slack would take the blocks. */
export function blockProblems(blocks: unknown, rules: BlockRules): string[] {
  if (!Array.isArray(blocks)) return ['blocks is not an array'];
  const problems = blocks.flatMap((block: unknown, index) => oneBlock(block, `blocks[${index}]`, rules));
  if (blocks.length > rules.mostBlocks) problems.push(`${blocks.length} blocks`);
  const size = JSON.stringify(blocks).length;
  if (size > 13_200 && rules.mostBlocks === 50) problems.push(`msg_blocks_too_long: ${size}`);
  const charts = blocks.filter((block) => isRecord(block) && block['type'] === 'data_visualization').length;
  if (charts > 2) problems.push(`${charts} charts`);
  problems.push(...duplicates(blocks));
  return problems;
}

function oneBlock(block: unknown, at: string, rules: BlockRules): string[] {
  if (!isRecord(block)) return [`${at} is no object`];
  const check = CHECKS[String(block['type'])];
  return check === undefined
    ? [`${at}: unknown type ${String(block['type'])}`]
    : check(block, `${at} (${String(block['type'])})`, rules);
}

const CHECKS: Readonly<Record<string, Check>> = {
  divider: () => [],
  header: (block, at) => text(block['text'], `${at}.text`, 150, 'plain_text'),
  section: (block, at) => [
    ...(block['text'] === undefined && block['fields'] === undefined ? [`${at} is empty`] : []),
    ...(block['text'] === undefined ? [] : text(block['text'], `${at}.text`, 3000)),
    ...(block['fields'] === undefined
      ? []
      : list(block['fields'], `${at}.fields`, 1, 10).concat(
          items(block['fields']).flatMap((field, i) => text(field, `${at}.fields[${i}]`, 2000)),
        )),
    ...(block['accessory'] === undefined ? [] : actionElement(block['accessory'], `${at}.accessory`)),
  ],
  context: (block, at) =>
    list(block['elements'], `${at}.elements`, 1, 10).concat(
      items(block['elements']).flatMap((element, i) => text(element, `${at}[${i}]`, 3000)),
    ),
  actions: (block, at) =>
    list(block['elements'], `${at}.elements`, 1, 25).concat(
      items(block['elements']).flatMap((element, i) => actionElement(element, `${at}[${i}]`)),
    ),
  image: (block, at, rules) => [
    ...words(block['alt_text'], `${at}.alt_text`, 2000),
    ...(block['title'] === undefined ? [] : text(block['title'], `${at}.title`, 2000, 'plain_text')),
    ...imageSource(block, at, rules),
  ],
  data_visualization: (block, at, rules) =>
    rules.dataVisualization ? chart(block, at) : [`${at}: unsupported block type`],
  data_table: (block, at, rules) => (rules.dataTable ? table(block, at) : [`${at}: unsupported block type`]),
};

function imageSource(block: Json, at: string, rules: BlockRules): string[] {
  const file = block['slack_file'];
  if (isRecord(file))
    return typeof file['id'] === 'string' && rules.fileReady(file['id']) ? [] : [`${at}: invalid slack file`];
  const url = block['image_url'];
  return typeof url === 'string' && URL.canParse(url) && url.length <= 3000 ? [] : [`${at}: no image`];
}

function actionElement(element: unknown, at: string): string[] {
  if (!isRecord(element)) return [`${at} is no object`];
  const id = words(element['action_id'], `${at}.action_id`, ELEMENT_LIMITS.actionId);
  switch (element['type']) {
    case 'button': {
      const style =
        element['style'] === undefined || element['style'] === 'primary' || element['style'] === 'danger'
          ? []
          : [`${at}.style`];
      const value =
        element['value'] === undefined ? [] : words(element['value'], `${at}.value`, ELEMENT_LIMITS.buttonValue);
      return [...id, ...style, ...value, ...text(element['text'], `${at}.text`, ELEMENT_LIMITS.button, 'plain_text')];
    }
    case 'static_select':
      return [
        ...id,
        ...text(element['placeholder'], `${at}.placeholder`, ELEMENT_LIMITS.placeholder, 'plain_text'),
        ...list(element['options'], `${at}.options`, 1, ELEMENT_LIMITS.options),
        ...items(element['options']).flatMap((option, i) => optionProblems(option, `${at}.options[${i}]`)),
      ];
    case 'overflow': // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
      return [
        ...id,
        ...list(element['options'], `${at}.options`, 1, 5),
        ...items(element['options']).flatMap((option, i) => optionProblems(option, `${at}.options[${i}]`)),
      ];
    case 'external_select':
      return [...id, ...text(element['placeholder'], `${at}.placeholder`, ELEMENT_LIMITS.placeholder, 'plain_text')];
    default:
      return [`${at}: unknown element ${String(element['type'])}`];
  }
}

export function optionProblems(option: unknown, at: string): string[] {
  if (!isRecord(option)) return [`${at} is no object`];
  return [
    ...text(option['text'], `${at}.text`, ELEMENT_LIMITS.option, 'plain_text'),
    ...words(option['value'], `${at}.value`, ELEMENT_LIMITS.optionValue),
    ...(option['description'] === undefined
      ? []
      : text(option['description'], `${at}.description`, ELEMENT_LIMITS.option, 'plain_text')),
  ];
}

function chart(block: Json, at: string): string[] {
  const problems = words(block['title'], `${at}.title`, 50);
  const drawn = block['chart'];
  if (!isRecord(drawn) || !['line', 'bar', 'area'].includes(String(drawn['type'])))
    return [...problems, `${at}.chart.type`];
  const axis = isRecord(drawn['axis_config']) ? drawn['axis_config'] : {};
  const categories = items(axis['categories']);
  if (categories.length < 1 || categories.length > 20 || new Set(categories).size !== categories.length)
    problems.push(`${at}: ${categories.length} categories`);
  for (const label of ['x_label', 'y_label'])
    if (axis[label] !== undefined) problems.push(...words(axis[label], `${at}.${label}`, 50));
  const series = items(drawn['series']);
  if (series.length < 1 || series.length > 6) problems.push(`${at}: ${series.length} series`);
  const names = series.map((one) => (isRecord(one) ? one['name'] : null));
  if (new Set(names).size !== names.length) problems.push(`${at}: names of series are not unique`);
  return [...problems, ...series.flatMap((one, i) => seriesProblems(one, `${at}.series[${i}]`, categories))];
}

function seriesProblems(series: unknown, at: string, categories: readonly unknown[]): string[] {
  if (!isRecord(series)) return [`${at} is no object`];
  const data = items(series['data']);
  const labels = data.map((point) => (isRecord(point) ? point['label'] : null));
  const problems = words(series['name'], `${at}.name`, 20);
  if (JSON.stringify(labels) !== JSON.stringify(categories)) problems.push(`${at}: labels differ from the categories`);
  for (const point of data) {
    if (!isRecord(point) || typeof point['value'] !== 'number' || !Number.isFinite(point['value']))
      problems.push(`${at}: value`);
    else problems.push(...words(point['label'], `${at}.label`, 20));
  }
  return problems;
}

function table(block: Json, at: string): string[] {
  const rows = items(block['rows']);
  const width = items(rows[0]).length;
  const problems = [...words(block['caption'], `${at}.caption`, 10_000), ...list(rows, `${at}.rows`, 2, 101)];
  if (width < 1 || width > 20 || rows.some((row) => items(row).length !== width)) problems.push(`${at}: columns`);
  for (const cell of rows.flatMap(items))
    if (!isRecord(cell) || cell['type'] !== 'raw_text' || typeof cell['text'] !== 'string' || cell['text'] === '')
      problems.push(`${at}: cell`);
  const size = block['page_size'];
  if (size !== undefined && (typeof size !== 'number' || size < 1 || size > 100)) problems.push(`${at}.page_size`);
  return problems;
}

function text(value: unknown, at: string, longest: number, type?: 'plain_text'): string[] {
  if (!isRecord(value)) return [`${at} is no text object`];
  if (value['type'] !== 'plain_text' && (value['type'] !== 'mrkdwn' || type !== undefined)) return [`${at}.type`];
  return words(value['text'], at, longest);
}

function words(value: unknown, at: string, longest: number): string[] {
  if (typeof value !== 'string' || value.length === 0) return [`${at} is empty`];
  return value.length > longest ? [`${at} has ${value.length} characters, at most ${longest}`] : [];
}

function list(value: unknown, at: string, fewest: number, most: number): string[] {
  if (!Array.isArray(value)) return [`${at} is no list`];
  return value.length < fewest || value.length > most ? [`${at} has ${value.length} items`] : [];
}

/**
 * Stricter than Slack, which wants action ids to be unique within a block
 * (https://docs.slack.dev/reference/block-kit/block-elements/button-element).
 */
function duplicates(blocks: readonly unknown[]): string[] {
  const elements = blocks.flatMap((block) =>
    isRecord(block) ? [...(block['type'] === 'actions' ? items(block['elements']) : []), block['accessory']] : [],
  );
  const ids = elements.filter(isRecord).map((element) => element['action_id']);
  return new Set(ids).size === ids.length ? [] : ['action ids are not unique'];
}

export function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
