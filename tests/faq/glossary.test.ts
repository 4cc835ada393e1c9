// Messages in other languages: what of them is read as English, and which entry that finds.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { loadGlossary, parseGlossary, readForm } from '../../src/faq/language/glossary.ts';
import { normaliseText } from '../../src/faq/language/normalise.ts';
import { createFaqSearch } from '../../src/faq/search.ts';

const search = createFaqSearch(loadContent(path.join(import.meta.dirname, '../../src/content')).faq.values());

describe('the glossary', () => {
  const glossary = parseGlossary(
    '# comment\nhow much = wie viel | 多少\nhow = wie\nfees = gebuhr*\nwhere = wo | 哪里\nwho = wer | 谁\n',
  );
  const read = (text: string) => glossary.translate(normaliseText(text));

  it('the longest form wins, and what is not known stays', () => {
    expect(read('Wie viel kostet das?')).toBe('how much kostet das');
    expect(read('wie geht das')).toBe('how geht das');
  });

  it('a star stands for endings of one word, not for the words behind it', () => {
    expect(read('Gebühren der Kette')).toBe('fees der kette');
  });

  it('forms in scripts without spaces are found inside the text, and their English is not read again', () => {
    expect(read('TAO在哪里')).toBe('tao 在 where');
    expect(read('TAO多少')).toBe('tao how much');
  });

  it('what says nothing is left out', () => {
    expect(parseGlossary('- = bitte\nfees = gebuhren\n').translate(normaliseText('Gebühren bitte?'))).toBe('fees');
  });

  it('ships with every form written as messages are read, so that nothing is left to do when it is loaded', () => {
    const file = path.join(import.meta.dirname, '../../src/faq/language/glossary.txt');
    const lines = readFileSync(file, 'utf8').split('\n');
    const forms = lines
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => line.split(' = ')[1]?.split(' | ') ?? []);
    expect(forms.length).toBeGreaterThan(3_000);
    const written = (form: string) => `${readForm(form)}${form.endsWith('*') ? '*' : ''}`;
    expect(forms).toEqual(forms.map(written));
  });

  it('ships with every meaning readable', () => {
    expect(loadGlossary().translate(normaliseText('где купить'))).toBe('where buy');
  });
});

it.each([
  ['de', 'Wie kann ich TAO kaufen?', 'buy-tao'],
  ['es', '¿Dónde puedo comprar TAO?', 'buy-tao'],
  ['fr', 'Comment acheter du TAO ?', 'buy-tao'],
  ['pt', 'o que é uma subrede', 'what-is-subnet'],
  ['ru', 'когда следующий халвинг', 'halving'],
  ['uk', 'коли наступний халвінг', 'halving'],
  ['zh', '如何质押TAO', 'how-to-stake'],
  ['ja', '次の半減期はいつですか', 'halving'],
  ['ko', '다음 반감기는 언제인가요', 'halving'],
  ['tr', 'bir sonraki halving ne zaman', 'halving'],
  ['vi', 'khi nào halving tiếp theo', 'halving'],
  ['id', 'bagaimana cara stake TAO', 'how-to-stake'],
  ['it', 'dove posso comprare TAO?', 'buy-tao'],
  ['pl', 'kiedy następny halving', 'halving'],
  ['nl', 'hoe kan ik TAO staken', 'how-to-stake'],
  ['de', 'was ist bittensor', 'what-is-bittensor'],
  ['tr', 'bittensor nedir', 'what-is-bittensor'],
  ['id', 'apa itu bittensor?', 'what-is-bittensor'],
  ['it', "cos'è bittensor", 'what-is-bittensor'],
] as const)('%s: %s', (language, text, id) => {
  const found = search.ask(text);
  expect(found.language).toBe(language);
  expect(found.suggestions[0]?.id).toBe(id);
});

it.each([
  ['Ist es sicher, TAO auf Binance zu lassen?', 'keep-on-exchange'],
  ['wie viele Subnetze gibt es', 'subnet-count'],
  ['¿cómo empiezo a minar en bittensor?', 'start-mining'],
  ['envié mis tao a una dirección equivocada', 'wrong-address'],
  ["mon dépôt n'est pas arrivé sur l'exchange", 'deposit-missing'],
  ['quais são as taxas de transação na rede bittensor', 'fees'],
  ['come posso vendere i miei TAO?', 'sell-tao'],
  ['как застейкать тао пошагово', 'how-to-stake'],
  ['что такое хоткей и колдкей', 'coldkey-hotkey'],
  ['що таке валідатор', 'what-is-validator'],
  ['助记词丢了怎么办', 'lost-seed'],
  ['子网代币是什么', 'alpha-tokens'],
  ['サブネットはいくつありますか', 'subnet-count'],
  ['시드 구문을 잃어버렸어요 어떻게 해야 하나요', 'lost-seed'],
  ['TAO nereden satın alınır', 'buy-tao'],
  ['subnet itu apa sih', 'what-is-subnet'],
  ['jak zacząć kopać tao', 'start-mining'],
  ['hoe lang duurt unstaken', 'unstake-lockup'],
])('%s is answered', (text, id) => {
  expect(search.ask(text).answer?.id).toBe(id);
});

it.each([
  'comment staker de l’ethereum sur lido',
  'как застейкать эфириум',
  '怎么买以太坊',
  'soll ich jetzt tao kaufen oder warten',
  'tao 明年会涨到1000吗',
  'у кого судебный иск против otf на какой стадии',
  'quem é o dono do subnet 64',
  'wie repariere ich mein fahrrad mit einem subnetz',
])('%s is not: too little of it is known, or it is foreign to us', (text) => {
  expect(search.ask(text).answer).toBeNull();
});

it.each([
  'wo kann ich ein Fahrrad kaufen',
  'Wie ist das Wetter heute in Berlin',
  '¿cuál es la mejor receta de paella?',
  'quanto costa un caffè a Roma',
  'сколько стоит билет в москву',
  '今天天气怎么样',
])('%s: words that any shop has find nothing', (text) => {
  expect(search.ask(text)).toMatchObject({ answer: null, suggestions: [] });
});
