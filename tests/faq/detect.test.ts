// Other languages are recognised, and English – also bad English – is never taken for one of them.
import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/faq/language/detect.ts';
import { readWrittenPhrasings } from '../../training/data.ts';
import { QUESTION_SETS, readQuestions } from '../../training/score.ts';

describe.each([
  [
    'de',
    [
      'Was ist ein Subnet und wie funktioniert das?',
      'wie kann ich meine TAO staken',
      'Wo bekomme ich Hilfe für mein Wallet?',
    ],
  ],
  ['es', ['¿Cómo hago staking de TAO?', '¿Cuánto cuesta registrar un minero?', 'donde puedo comprar tao en mi país']],
  [
    'fr',
    [
      'Comment puis-je acheter des TAO ?',
      "C'est quoi un subnet et qui le gère ?",
      'je ne vois pas mon stake dans le wallet',
    ],
  ],
  [
    'pt',
    ['Como posso comprar TAO no Brasil?', 'o que é um subnet e para que serve', 'quanto custa fazer staking com você'],
  ],
  ['it', ['Come posso comprare TAO?', "che cos'è una subnet e come funziona", 'quali sono i rischi del mio stake']],
  ['nl', ['Hoe kan ik TAO kopen?', 'wat is het verschil met een subnet', 'waar moet ik mijn wallet voor mining maken']],
  ['pl', ['Jak mogę kupić TAO?', 'co to jest subnet i ile kosztuje', 'czy moje tao są bezpieczne na giełdzie']],
  [
    'tr',
    [
      'TAO nasıl stake edilir ve ne kadar kazanılır?',
      'subnet nedir ve ne için kullanılır',
      'benim cüzdan için bu güvenli mi',
    ],
  ],
  ['vi', ['Làm thế nào để mua TAO?', 'subnet là gì và có bao nhiêu', 'tôi có thể stake ở đâu']],
  [
    'id',
    ['Bagaimana cara membeli TAO?', 'apa itu subnet dan berapa banyak', 'saya tidak bisa melihat stake saya di wallet'],
  ],
  ['ru', ['Как застейкать TAO?', 'что такое subnet', 'сколько стоит регистрация']],
  ['uk', ['Як купити TAO на біржі?', 'що таке підмережа і скільки їх є', 'де мій гаманець і мої монети']],
  ['zh', ['如何质押 TAO?', '什么是子网', 'tao 减半是什么时候']],
  ['ja', ['TAOをステーキングするには?', 'サブネットとは何ですか', 'ウォレットはどれがいいですか']],
  ['ko', ['TAO 스테이킹은 어떻게 하나요?', '서브넷이 무엇인가요', '지갑 추천해 주세요']],
] as const)('%s', (language, texts) => {
  it.each(texts)('%s', (text) => expect(detectLanguage(text)).toBe(language));
});

it('no question of the sets and no phrasing of an entry is taken for another language', () => {
  const english = [
    ...QUESTION_SETS.flatMap(readQuestions).flatMap(({ kind, query }) => (kind === 'language' ? [] : [query])),
    ...readWrittenPhrasings().flatMap(({ text, label }) => (label.startsWith('none/') ? [] : [text])),
  ];
  expect(english.length).toBeGreaterThan(10_000);
  expect(english.filter((text) => detectLanguage(text) !== null)).toEqual([]);
});

it.each([
  '',
  '👀',
  '¯\\_(ツ)_/¯',
  'TAO',
  'la la land subnet',
  'no bonds no yuma mode',
  '12 000 τ',
  'café near me',
  'el salvador and tao',
])('"%s" is no other language', (text) => expect(detectLanguage(text)).toBeNull());
