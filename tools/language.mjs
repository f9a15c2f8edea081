// Finds texts that break the language rules: node tools/language.mjs [PATH…] lists the faults of these files and folders;
// without a path it fails on faults in the documents and the clean folders and counts those of the others.
// node tools/language.mjs --sample N --seed S [PATH…] prints N random sentences, for reading.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Folders without faults. A fault in one of these fails `npm run lint`; add a folder when it is clean. */
export const CLEAN = [
  'bin',
  'electron',
  'renderer',
  'src/autodiff',
  'src/blocks',
  'src/check',
  'src/cli',
  'src/compare',
  'src/compile',
  'src/data',
  'src/doctor',
  'src/engine',
  'src/export',
  'src/graph',
  'src/ir',
  'src/layers',
  'src/layout',
  'src/look',
  'src/metrics',
  'src/onnx',
  'src/optim',
  'src/plan',
  'src/protocol',
  'src/random',
  'src/runs',
  'src/sweep',
  'src/transforms',
  'templates',
];

const AREAS = ['src', 'renderer', 'electron', 'templates', 'tools', 'e2e'];

/** Documents, which are all clean. */
export const DOCUMENTS = ['docs', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'CREDITS.md'];

/**
 * Words that no text of the interface has, with the word of the glossary in their place.
 * @type {[RegExp, string][]}
 */
const ENGLISH = [
  [/\bmoments?\b/i, 'checkpoint'],
  [/\b(held|hold|holds|holding) back\b/i, 'held out'],
  [/\bpictures?\b/i, 'image'],
  [/\bof now\b/i, 'current'],
  [/\b(said|told)\b/i, 'predicted'],
  [/\bwir(e|es|ed)\b/i, 'connection'],
  [/\b(put|puts) right\b|\bmend(s|ed)?\b/i, 'fix'],
  [/\b(go|goes|going|went) on\b/i, 'resume, continue'],
  [/\b(learn|learns|learned|learnt|learning) .*by heart\b/i, 'memorize'],
  [/\bmakes? small\b/i, 'minimize'],
  [/\bmultiply-adds?\b/i, 'MACs'],
  [/\bpasses over the data\b/i, 'number of epochs'],
  [/\btaken for\b/i, 'misclassified as'],
  [/\bready networks?\b/i, 'template'],
  [/\bgraphics cards?\b/i, 'GPU'],
  [/\bthis machine\b/i, 'this computer'],
  [/\boptimizer memory\b/i, 'optimizer state'],
  [/\btime travel\b/i, 'training timeline'],
  [/\bin place\b(?! of)/i, 'expand'],
  [/\banew\b/i, 'again, re-'],
  [/\bwarm-up\b/i, 'warmup'],
  [/\btells? [^.]*\bapart\b/i, 'predict'],
  [/\bfrom the start\b(?=[.:]|$)/i, 'from scratch'],
  [/\b(least|greatest) (norm|momentum|value|difference)\b/i, 'min, max'],
  [/\brecipe\b(?!\.)/i, 'training settings'],
  [
    /\b\w*(colour|grey(?!hound)|normalis|regularis|initialis|optimis(?!tic)|recognis|minimis|maximis|neighbour|behaviour|licence)\w*/i,
    'American spelling',
  ],
  [/\b(centre|centred|centres|learnt)\b/i, 'American spelling'],
];

/** @type {[RegExp, string][]} */
const CHINESE = [
  [/准确率/, '精度'],
  [/显卡/, 'GPU'],
  [/时刻|时间回溯/, '检查点，训练时间线'],
  [/回答|答案/, '预测，目标值'],
  [/学习率计划/, '学习率调度'],
  [/提前停止/, '早停'],
  [/耐心/, '容忍轮数'],
  [/奈特/, '纳特'],
  [/就地|解散|做成块/, '展开，取消组合，组合为块'],
  [/底栏/, '底部面板'],
  [/扩张(?!倍数)/, '空洞率'],
  [/轮次 ?(\{|\$)/, '第 N 轮'],
  [/死记/, '记住'],
  [/……/, '…'],
  [/untitled/i, '未命名'],
];

/** @type {[RegExp, string][]} */
const TYPOGRAPHY = [
  [/ …/, 'no space before …'],
  [/(\d|\}) %/, 'no space before %'],
  [/(^|[\s(])'(\$\{[^}]*\}|\{\{\w+\}\})'/, 'quote names as “…”'],
];

/** Nouns and adjectives that end like a participle. */
const NOUNS = new Set(['Bed', 'Feed', 'Need', 'Seed', 'Speed', 'Weed']);
const IRREGULAR =
  'Asked Bound Built Chosen Done Drawn Felt Found Given Gone Held Hidden Kept Known Left Lost Made Meant Met Read Said Seen Sent Shown Spent Taken Told Written'.split(
    ' ',
  );

/** @param {string} name */
const bareParticiple = (name) => IRREGULAR.includes(name) || (/^[A-Z][a-z]+ed$/.test(name) && !NOUNS.has(name));

const START = /^(What|Whether|As|That)\b/;
const LITERAL = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/;

/** @param {string} text @param {number} at */
const lineAt = (text, at) => text.slice(0, at).split('\n').length;

/**
 * The user-visible texts of a file, `{ en, zh }` or a property of a dictionary named after a language.
 * @param {string} source
 */
function texts(source) {
  /** @type {{ language: string, text: string, at: number }[]} */
  const found = [];
  const pair = new RegExp(`\\b(en|zh): (?=(${LITERAL.source}))`, 'g');
  for (const match of source.matchAll(pair))
    found.push({ language: match[1] ?? '', text: (match[2] ?? '').slice(1, -1), at: match.index });
  for (const table of source.matchAll(/^const (en|zh)\b[^\n]*= \{\n([\s\S]*?)^\};/gm))
    for (const match of (table[2] ?? '').matchAll(new RegExp(`: (?:\\([^)]*\\) => )?(${LITERAL.source})`, 'g')))
      found.push({
        language: table[1] ?? '',
        text: (match[1] ?? '').slice(1, -1),
        at: table.index + table[0].indexOf(table[2] ?? '') + match.index,
      });
  return found;
}

/**
 * The comments of a file: a block, or lines of `//` in a row, as one.
 * @param {string} source
 */
function comments(source) {
  /** @type {{ text: string, at: number }[]} */
  const found = [];
  const comment = /^[ \t]*\/\*\*?\s*([\s\S]*?)\*\/|(?:^|[;,{})\]][ \t]+)((?:[ \t]*\/\/[^\n]*\n?)+)/gm;
  for (const match of source.matchAll(comment)) {
    const text = (match[1] ?? match[2] ?? '').replace(/^[ \t]*(\*|\/\/)[ \t]?/gm, '').trim();
    if (text !== '') found.push({ text, at: match.index });
  }
  return found;
}

/**
 * The prose of a Markdown document: headings, paragraphs, list items and table cells, without code, links' targets and
 * marks of emphasis.
 * @param {string} source
 */
function passages(source) {
  /** @param {string} code */
  const blank = (code) => code.replace(/[^\n]/g, ' ');
  const prose = source
    .replace(/^```[\s\S]*?^```$/gm, blank)
    .replace(/(?<=\n\n)(?: {4}.*\n)+/g, blank)
    .replace(/`[^`]*`/g, (code) => `x${blank(code.slice(1))}`)
    .replace(/(?<=\])\([^)]*\)/g, blank);
  return [...prose.matchAll(/(?:^|\|)(?:#+|-|\d+\.)? *([^\s|#-](?:[^\n|]|\n(?!\n|[-#|]|\d+\.))*)/gm)].map((match) => ({
    text: (match[1] ?? '')
      .replace(/\*\*|_|(?<!\w)\*|\*(?!\w)/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
    at: match.index + match[0].indexOf(match[1] ?? ''),
  }));
}

/** @typedef {{ line: number, text: string, rule: string }} Fault */

/**
 * The faults in the prose of a Markdown document. Quoted messages are checked where they stand in the code.
 * @param {string} source
 */
export function documentFaultsOf(source) {
  return passages(source).flatMap(({ text, at }) => {
    const words = text.replace(/“[^”]*”/g, '“”');
    const start = START.exec(text)?.[1];
    const rules = [
      ...(start === undefined ? [] : [`begins with “${start}”`]),
      ...ENGLISH.flatMap(([pattern, better]) => {
        const found = pattern.exec(words);
        return found === null ? [] : [`“${found[0].trim()}” → ${better}`];
      }),
      ...TYPOGRAPHY.flatMap(([pattern, rule]) => (pattern.test(words) ? [rule] : [])),
    ];
    return rules.map((rule) => ({ line: lineAt(source, at), text: text.slice(0, 100), rule }));
  });
}

/**
 * The faults in a source text, each with its line and the rule.
 * @param {string} source
 */
export function faultsOf(source) {
  /** @type {Fault[]} */
  const faults = [];
  /** @param {number} at @param {string} text @param {string} rule */
  const fault = (at, text, rule) => {
    faults.push({ line: lineAt(source, at), text: (text.split('\n')[0] ?? '').slice(0, 100), rule });
  };

  for (const { text, at } of comments(source)) {
    const start = START.exec(text)?.[1];
    if (start !== undefined) fault(at, text, `begins with “${start}”`);
  }
  for (const [match, name = ''] of source.matchAll(/^(?:export )?(?:type|interface|class) (\w+)/gm)) {
    if (bareParticiple(name)) fault(source.indexOf(match), match, 'a type is a noun');
  }
  for (const { language, text, at } of texts(source)) {
    const start = language === 'en' ? START.exec(text)?.[1] : undefined;
    if (start !== undefined) fault(at, text, `begins with “${start}”`);
    // Names in the code of a placeholder are not read by anyone.
    const words = text.replace(/\$?\{+[^}]*\}+/g, '{}');
    for (const [pattern, better] of language === 'en' ? ENGLISH : CHINESE) {
      const found = pattern.exec(words);
      if (found !== null) fault(at, text, `“${found[0].trim()}” → ${better}`);
    }
    for (const [pattern, rule] of TYPOGRAPHY) if (pattern.test(text)) fault(at, text, rule);
  }
  return faults;
}

/**
 * Sentences of texts and comments, with the line of each.
 * @param {string} source
 */
export const sentencesOf = (source) =>
  [...texts(source), ...comments(source)].flatMap(({ text, at }) =>
    text
      .replace(/\s+/g, ' ')
      .split(/(?<=[.!?。！？]) ?(?=\p{Lu}|[一-鿿“])/u)
      .filter((sentence) => /\p{L}{2}/u.test(sentence))
      .map((sentence) => ({ line: lineAt(source, at), sentence })),
  );

/**
 * `count` of the items in an order that the seed decides (mulberry32 and Fisher-Yates).
 * @template T
 * @param {readonly T[]} items
 * @param {number} count
 * @param {number} seed
 * @returns {T[]}
 */
export function draw(items, count, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/**
 * The checked files under a path: the rules and their test quote faults, and generated code has no texts.
 * @param {readonly string[]} paths
 */
const filesUnder = (paths) =>
  execFileSync('git', ['ls-files', '--', ...paths], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(
      (file) => /\.(ts|tsx|mjs|md)$/.test(file) && !/_pb\.|\/generated\/|^tools\/language\.(mjs|test\.ts)$/.test(file),
    );

/** @param {string} file */
const read = (file) => readFileSync(join(root, file), 'utf8');

/**
 * The faults of all files under the paths, with the file of each.
 * @param {readonly string[]} paths
 */
export const faultsUnder = (paths) =>
  filesUnder(paths).flatMap((file) =>
    (file.endsWith('.md') ? documentFaultsOf : faultsOf)(read(file)).map((fault) => ({ file, ...fault })),
  );

/** @param {{ file: string, line: number, rule: string, text: string }} fault */
const shown = ({ file, line, rule, text }) => `${file}:${line}: ${rule}: ${text}`;
/** @param {string} file */
const isClean = (file) => file.endsWith('.md') || CLEAN.some((folder) => file.startsWith(`${folder}/`));
/** @param {string} file */
const areaOf = (file) => file.split('/').slice(0, 2).join('/');

/** @param {string[]} args */
function main(args) {
  /** @param {string} name */
  const value = (name) => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : Number(args.splice(at, 2)[1]);
  };
  const [count, seed] = [value('--sample'), value('--seed')];
  if (count !== undefined) {
    const all = filesUnder(args.length > 0 ? args : AREAS).flatMap((file) =>
      sentencesOf(read(file)).map((each) => ({ file, ...each })),
    );
    for (const { file, line, sentence } of draw(all, count, seed ?? 1)) console.log(`${file}:${line}: ${sentence}`);
    return 0;
  }
  if (args.length > 0) {
    const found = faultsUnder(args);
    for (const fault of found) console.log(shown(fault));
    console.log(`${found.length} language faults`);
    return found.length > 0 ? 1 : 0;
  }
  const found = faultsUnder([...AREAS, ...DOCUMENTS]);
  const failing = found.filter(({ file }) => isClean(file));
  for (const fault of failing) console.log(shown(fault));
  /** @type {Map<string, number>} */
  const open = new Map();
  for (const { file } of found) if (!isClean(file)) open.set(areaOf(file), (open.get(areaOf(file)) ?? 0) + 1);
  console.log(`Language: ${failing.length} faults in clean folders, ${found.length - failing.length} elsewhere`);
  if (open.size > 0) console.log([...open].map(([area, count]) => `${area} ${count}`).join(', '));
  return failing.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
