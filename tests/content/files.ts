// A sound coin file and sound FAQ files, to plant mistakes in.
import { ContentError } from '../../src/base/errors.ts';
import { loadContent } from '../../src/content/load.ts';

export const COIN = `---
name: Alpha Coin
symbol: ALP
category: AI
tagline: A coin for tests.
order: 1
facts:
  - { id: founded, label: Founded, value: "2020", asOf: 2026-01-31, sources: [A] }
maxSupply: 21000000
sources:
  A: { title: Source A, url: "https://example.org/a" }
track:
  - { title: Site, url: "https://example.org" }
faq: [one]
questions:
  - { question: Is it good?, answer: "It is **fine**.", asOf: 2026-01-31, sources: [A] }
symbols: { kraken: ALPUSD }
reviewed: 2026-11-22
---

## What ALP is

One sentence.[^A]

## How it works

It works by \`code\`: {{price}}.

## Use cases

- First
- **Second**

## Tradeoffs and criticism

See [the site](https://example.org).
`;

/** An entry called `id`, related to `other` and to "three". */
export const faqFile = (id: string, other: string, body = 'A short answer.') => `---
question: Question ${id}?
aliases: [First ${id}?, Second ${id}?]
tags: [test]
asOf: 2026-01-31
sources:
  - { title: Source, url: "https://example.org/${id}" }
related: [${other}, three]
---

${body}
`;

/** What is wrong with the content of a folder; nothing when it can be loaded. */
export function problemsIn(folder: string): readonly string[] {
  try {
    loadContent(folder);
  } catch (error) {
    if (error instanceof ContentError) return error.problems;
    throw error;
  }
  return [];
}
