import type { Steering, WantedPage } from './steering.ts'

/** What a person types: lists have one entry in a line. */
export interface SteeringForm {
  audience: string
  tone: string
  language: string
  /** `sign in: log in, login` */
  terms: string
  /** `First steps | Getting started | what it should tell | src/a.ts, src/b.ts`; all but the title may be missing. */
  pages: string
  include: string
  exclude: string
}

export function formOf({
  audience = '',
  tone = '',
  language = '',
  terms = [],
  pages = [],
  paths,
}: Steering): SteeringForm {
  return {
    audience,
    tone,
    language,
    terms: terms.map(({ use, not }) => (not.length > 0 ? `${use}: ${not.join(', ')}` : use)).join('\n'),
    pages: pages.map(lineOf).join('\n'),
    include: (paths?.include ?? []).join('\n'),
    exclude: (paths?.exclude ?? []).join('\n'),
  }
}

/** The wishes of a form; what is empty is no wish. Not checked: the server does that. */
export function steeringFrom(form: SteeringForm): Steering {
  const [include, exclude, terms, pages] = [form.include, form.exclude, form.terms, form.pages].map(linesOf)
  return {
    audience: form.audience.trim() || undefined,
    tone: form.tone.trim() || undefined,
    language: form.language.trim() || undefined,
    terms: listed(terms?.map(termFrom)),
    pages: listed(pages?.map(pageFrom)),
    paths: include?.length || exclude?.length ? { include: include ?? [], exclude: exclude ?? [] } : undefined,
  }
}

function lineOf({ title, page = '', about = '', sources = [] }: WantedPage): string {
  const cells = [title, page, about.replace(/\s+/g, ' '), sources.join(', ')]
  while (cells.at(-1) === '') cells.pop()
  return cells.join(' | ')
}

function pageFrom(line: string): WantedPage {
  const [title = '', page, about, sources = ''] = line.split('|').map((cell) => cell.trim() || undefined)
  return { title, page, about, sources: listed(entriesOf(sources)) }
}

function termFrom(line: string) {
  const [use = '', ...not] = line.split(':')
  return { use: use.trim(), not: entriesOf(not.join(':')) }
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || [])
}

function entriesOf(text: string): string[] {
  return text.split(',').flatMap((entry) => entry.trim() || [])
}

function listed<Item>(items: Item[] = []): Item[] | undefined {
  return items.length > 0 ? items : undefined
}
