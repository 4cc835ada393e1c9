// The written part of the coin world: words of people's messages that are tickers too, namesakes, long names, other scripts, odd tickers.
import { CURRENCIES } from '../../market/currencies.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** Tickers that people also type as words, by what they mean to people. */
export const WORDS = {
  currencies: CURRENCIES,
  units: words('sat m k b 3 100 euro euros dollar dollars cent cents pound yen yuan rupee satoshi satoshis gwei wei'),
  clock:
    words(`am pm est edt pst pdt cet cest cst mst gmt utc bst ist jst mon tue wed thu fri sat sun monday friday noon midnight
    hour daily weekly morning evening night tonight tomorrow yesterday 9am 24 00`),
  places: words('berlin tokyo london paris rome madrid dubai istanbul sydney ny nyc la moscow singapore'),
  greetings: words('hi hey hello gm gn ok okay yes no thx thanks please sorry bye yo sup welcome love happy'),
  everyday:
    words(`test what good bad wow bot coin coins price market help now today the is a to in of how much and or for at on it me my
    you we us they who why when where which do does can will with from up down buy sell long short high low top best new all any cool
    nice great lol wtf moon pump dump wen ser team time real just one more see go get let make work money cash bank gold cat dog`),
  faq: words(`stake stakes staking miner miners mining fees fee lock wallet burn root subnet subnets validator validators alpha seed key node
    block chain gas swap bridge token tokens supply halving reward yield hash delegate ledger ai agent emission risk tax etf`),
  ranges: words('1d 7d 24h 30d 90d 1h 1y max week month year day all ytd'),
  commands: words('chart compare convert digest list about network faq news alert create delete pause resume'),
} satisfies Readonly<Record<string, readonly string[]>>;

/** Coins beside the real one of the ticker: [ticker, name]. */
export const NAMESAKES: readonly (readonly [string, string])[] = [
  ...['Tao Inu', 'Fusotao', 'Tao Meme', 'TAO Wormhole', 'Friendly Tao'].map((name) => ['tao', name] as const),
  ...['Bitcoin Wormhole', 'Binance-Peg BTCB', 'HarryPotterBitcoin', 'Bitcoin Pizza', 'Batcoin'].map(
    (name) => ['btc', name] as const,
  ),
  ...['Ethereum Wormhole', 'Bridged Ether (StarkGate)', 'Ether Cat', 'Ethereum Inu', 'Ethane'].map(
    (name) => ['eth', name] as const,
  ),
];

/** Names of several words that hold other names, beyond those of the built-in directory: [ticker, name]. */
export const LONG_NAMES: readonly (readonly [string, string])[] = [
  ['pepec', 'Pepe Classic'],
  ['usdcoin', 'USD Coin'],
  ['ubtc', 'Universal Bitcoin Cash'],
  ['icpx', 'Internet Computer Index'],
  ['shibc', 'Shiba Inu Classic'],
  ['ethm', 'Ethereum Max'],
  ['dogebtc', 'Doge Bitcoin'],
  ['solx', 'Solana in the Morning'],
  ['nearai', 'Near Is Here'],
  ['howmuch', 'How Much Is the Fish'],
  ['tothemoon', 'To the Moon and Back'],
  ['gmfrens', 'GM Frens Good Morning'],
  ['bitbtc', 'Bit Bitcoin to USD'],
  ['nxt7', 'Next 7 Days'],
  ['taousd', 'TAO to USD'],
];

/** Names in other scripts: [ticker, name, id]. */
export const SCRIPTS: readonly (readonly [string, string, string])[] = [
  ['тао', 'Тао Монета', 'tao-moneta'],
  ['рубль', 'Цифровой рубль', 'tsifrovoy-rubl'],
  ['биткоин', 'Биткоин', 'bitkoin'],
  ['比特币', '比特币现金', 'bitebi'],
  ['柴犬', '柴犬币', 'chaiquan'],
  ['ウー', 'ウー', 'woo-2'],
  ['비트', '비트코인 클래식', 'biteukoin'],
  ['بتكوين', 'بيتكوين العربية', 'bitkwin'],
  ['درهم', 'درهم رقمي', 'dirham-raqami'],
  ['บาท', 'บาทดิจิทัล', 'baht-digital'],
  ['ช้าง', 'ช้างน้อย', 'chang-noi'],
  ['🚀', '🚀🌕', '_'],
  ['🐸', 'Frog 🐸', 'frog-emoji'],
  ['❤️', 'Love ❤️ Coin', 'love-emoji'],
  ['∅', 'Empty Set ∅', 'empty-set'],
  ['τ', 'Tau τ', 'tau-sign'],
];

/** Tickers of odd form: punctuation, digits only, one letter, very long. */
export const ODD_TICKERS: readonly string[] = words(`
  $tao $btc $myro $wen $1 $ $$$ .com a.i. usdc.e usdt.e b.o.b 3.0 x.y -- e-cash go-go no-no t-rex _ _a_ under_score 42_
  1 2 7 21 33 69 99 100x 420 404 500 1000 1337 2024 2025 100k 1m 10b 0 00 000 1inch2 +1 c++ a/b [redacted] #1 @you ¥en
  a b c d e f g h i j k l m n o p q r s t u v w x y z
  01111010011110000110001001110100 supercalifragilistic donaudampfschifffahrt`);

/** Ids as long as the longest: 90 characters. */
export const LONG_IDS: readonly string[] = Array.from({ length: 5 }, (_, at) =>
  `fund-${at}-of-real-world-assets-held-by-a-trustee-for-the-benefit-of-token-holders-and-their-`.padEnd(90, 'heirs'),
);

/** Coins that are bridged everywhere share one ticker: [ticker, number of chains]. */
export const BRIDGED: readonly (readonly [string, number])[] = [
  ['weth', 40],
  ['usdc', 40],
  ['usdt', 40],
  ['wbtc', 36],
  ['dai', 27],
  ['usdc.e', 22],
  ['wsteth', 15],
];

export const CHAINS: readonly string[] =
  `Arbitrum One,Base,Optimism,Polygon PoS,BNB Smart Chain,Avalanche,Solana,Sui,Aptos,Near,Gnosis,Fantom,
Sonic,Linea,Scroll,zkSync,Starknet,Mantle,Blast,Mode,Manta Pacific,Moonbeam,Moonriver,Celo,Harmony,Cronos,Kava,Metis,Boba,Fuse,Evmos,Astar,
Conflux,Core,Rootstock,Ronin,Taiko,Sei,Berachain,World Chain`
    .split(',')
    .map((name) => name.trim());

/** What memes are made of; their tickers are shared by many. */
export const MEMES: readonly string[] =
  words(`Pepe Moon Cat AI Bull Hodl Andy Egg Wolf Dog Bob Baby Frog Gold Based Shib Degen Fomo Chad
  Fish Bobo Panda Meta Mars Trump Elon Doge Wojak Bonk Monkey Bear Ape Duck Goat Pig Hamster Broccoli Unicorn Lambo Lady King Ninja
  Turbo Robot Dragon Ghost Zombie Banana Coffee Pizza Beer Whale Shark Tiger Lion Fox Owl Snake Horse Rat Toad Penguin`);

/** How a meme's namesakes are called; `*` is the meme. */
export const MEME_FORMS: readonly string[] =
  `*,* Coin,Baby *,* Inu,* Classic,* 2.0,Based *,* CTO,* on Solana,* Wif Hat,Official *,* AI`.split(',');

/** Ordinary words of coin names. */
export const NOUNS: readonly string[] =
  words(`Alpha Anchor Apex Arc Art Asset Atlas Aura Axis Beacon Beyond Block Bloom Bolt Bond Boost Brain
  Bridge Bright Cargo Cloud Core Craft Crown Cube Dash Data Dawn Deep Delta Dream Drop Earth Echo Edge Energy Epic Eternal Ever Fair Fan
  Farm Fast Fire First Flash Flow Fly Forge Fortune Free Fuel Future Galaxy Game Garden Giga Global Grand Green Grid Guard Harbor Heart
  Hero High Hive Home Honey Hyper Ice Infinity Iron Jade Jet Jungle Key Kingdom Lake Land Layer Legend Liberty Life Light Link Liquid Live
  Loop Lucky Luna Magic Maple Mega Micro Mind Mint Mirror Mono Motion Neo Nest New Night North Nova Ocean Omni Open Orbit Orchid Origin
  Paper Path Peak Pearl People Pixel Planet Plus Point Polar Power Prime Pulse Pure Quantum Quest Quick Rain Ray Ready Real Red River Rock
  Rocket Rose Royal Safe Sand Sea Secret Shadow Sharp Sigma Silk Silver Simple Sky Smart Snow Social Solar Sonic Soul Space Spark Spirit
  Spring Star Steel Stone Storm Summer Sun Super Swift Terra Thunder Time Titan Top Trade Trust Turbo Ultra Unity Urban Vault Vector Verse
  Vision Vital Wave Way White Wild Wind Wing Wise Wolf Wonder World Zen Zero Zone`);

/** What follows a coin's own name. */
export const SUFFIXES: readonly string[] =
  words(`Protocol Finance Network Token Coin DAO Swap Labs Chain AI Games World Inu Cash Capital
  Exchange Markets Pay Credit Studio Money Verse Fi Vault Bank Land Club`);

export const SYLLABLES = {
  starts: words('b br c ch cr d dr f fl g gl gr h j k kl kr l m n p pl pr qu r s sh sk sl st t th tr v w x y z'),
  vowels: words('a a a e e e i i o o o u y ai ea io oo'),
  ends: words('l n r s t x m k d p nd rk st ss th ng lt'),
} as const;
