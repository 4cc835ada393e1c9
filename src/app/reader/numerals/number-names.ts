// Numbers in words of several languages: "twelve", "fünfundzwanzig", "vingt-cinq", "doce", "mười".

/**
 * Left out are names that mean something else before a coin, because a wrong number is worse than none: Spanish "once" ("once tao hits 300"), French
 * "sept" (the month) and "seize", German "elf" (a coin), Italian "sei" and "due", Polish "jeden", Turkish "on", Korean "네", Vietnamese "hai" and "ba".
 */
const NAMES = `one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 dozen=12 thirteen=13 fourteen=14 fifteen=15
  sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100
  couple=2 half=0.5 quarter=0.25
  ein=1 eine=1 einen=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 zwölf=12 dutzend=12 dreizehn=13 vierzehn=14 fünfzehn=15
  sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 hundert=100 tausend=1000 halber=0.5 halben=0.5 halbes=0.5 anderthalb=1.5
  un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 huit=8 neuf=9 dix=10 onze=11 douze=12 douzaine=12 treize=13 quatorze=14 quinze=15 dix-sept=17
  dix-huit=18 dix-neuf=19 cent=100 demi=0.5
  dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 doce=12 docena=12 trece=13 catorce=14 quince=15 dieciséis=16 diecisiete=17
  dieciocho=18 diecinueve=19 veinte=20 veinticinco=25 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100 medio=0.5
  dois=2 duas=2 três=3 quatro=4 sete=7 oito=8 dez=10 doze=12 dúzia=12 catorze=14 quinze=15 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60
  noventa=90 cem=100 meio=0.5
  tre=3 quattro=4 cinque=5 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 quindici=15 venti=20 trenta=30 quaranta=40 cinquanta=50 cento=100
  twee=2 drie=3 vijf=5 zes=6 zeven=7 negen=9 tien=10 twaalf=12 vijftien=15 twintig=20 vijftig=50 honderd=100
  dwa=2 trzy=3 cztery=4 pięć=5 sześć=6 siedem=7 osiem=8 dziewięć=9 dziesięć=10 dwadzieścia=20 pięćdziesiąt=50 sto=100
  один=1 два=2 три=3 четыре=4 пять=5 шесть=6 семь=7 восемь=8 девять=9 десять=10 двадцать=20 тридцать=30 пятьдесят=50 сто=100
  iki=2 üç=3 dört=4 beş=5 altı=6 yedi=7 sekiz=8 dokuz=9 yirmi=20 otuz=30 elli=50 yüz=100
  satu=1 dua=2 tiga=3 empat=4 lima=5 enam=6 tujuh=7 delapan=8 sembilan=9 sepuluh=10
  một=1 bốn=4 năm=5 sáu=6 bảy=7 tám=8 chín=9 mười=10 mươi=10 trăm=100 nửa=0.5
  한=1 두=2 세=3 다섯=5 여섯=6 일곱=7 여덟=8 아홉=9 열=10
  एक=1 दो=2 तीन=3 चार=4 पाँच=5 पांच=5 छह=6 सात=7 आठ=8 नौ=9 दस=10
  واحد=1 ثلاثة=3 أربعة=4 خمسة=5 ستة=6 سبعة=7 ثمانية=8 تسعة=9 عشرة=10`;
const GERMAN_ONES = 'ein zwei drei vier fünf sechs sieben acht neun'.split(' ');
const GERMAN_TENS = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');
const FRENCH_ONES = 'deux trois quatre cinq six sept huit neuf'.split(' ');
const FRENCH_TENS = 'vingt trente quarante cinquante soixante'.split(' ');

/** The number that a word is, in lower case: "twelve", "fünfundzwanzig", "vingt-cinq". */
export const COUNTS: ReadonlyMap<string, number> = new Map(counts());

/** Number words that multiply what stands before them: "two hundred", "hai mươi". */
export const FACTORS: ReadonlySet<string> = new Set(['hundred', 'dozen', 'hundert', 'dutzend', 'cent', 'mươi', 'trăm']);

function* counts(): Generator<[string, number]> {
  for (const pair of NAMES.trim().split(/\s+/)) {
    const at = pair.indexOf('=');
    yield [pair.slice(0, at), Number(pair.slice(at + 1))];
  }
  for (const [ten, name] of GERMAN_TENS.entries()) {
    yield [name, 20 + ten * 10];
    for (const [one, word] of GERMAN_ONES.entries()) yield [`${word}und${name}`, 21 + ten * 10 + one];
  }
  for (const [ten, name] of FRENCH_TENS.entries()) {
    yield [name, 20 + ten * 10];
    for (const [one, word] of FRENCH_ONES.entries()) yield [`${name}-${word}`, 22 + ten * 10 + one];
  }
}
