import { createHash, hash } from 'node:crypto'
import type { SourceRange } from '#lib/domain/facts.ts'
import type { ManifestFact, PageManifest } from '#lib/domain/manifest.ts'

type Fields = Record<string, unknown>

/** The page itself: what is selected for it as a whole. */
const PAGE = 'this page'

/**
 * The manifest of a page from what a writer selected for it, which is plain data without cycles. `kind` tells pages
 * apart that would be written in other words from the same data.
 */
export function pageManifest({
  writer,
  kind,
  selected,
}: {
  writer: string
  kind: string
  selected: unknown
}): PageManifest {
  const places: SourceRange[] = []
  const text = `${writer}\n${kind}\n${canonical(selected, places)}`
  return {
    writer,
    fingerprint: createHash('sha256').update(text).digest('hex'),
    places,
    facts: () => factsIn(selected),
  }
}

/**
 * The data as text without lines: places are collected, numbers named `line` left out. Keys count in the order in which
 * the writer sets them.
 */
function canonical(value: unknown, places: SourceRange[]): string {
  const text: CanonicalText = { text: '', places }
  addText(value, text)
  return text.text
}

interface CanonicalText {
  /** Grows piece by piece, which takes half of what joining a list of the pieces takes. */
  text: string
  places: SourceRange[]
}

function addText(value: unknown, text: CanonicalText): void {
  if (typeof value === 'string') text.text += `${value.length}:${value}`
  else if (typeof value !== 'object' || value === null) text.text += String(value)
  else if (Array.isArray(value)) {
    text.text += '['
    for (let at = 0; at < value.length; at += 1) {
      if (at > 0) text.text += ','
      addText(value[at], text)
    }
    text.text += ']'
  } else addFields(value as Fields, text)
}

function addFields(fields: Fields, text: CanonicalText): void {
  if (isPlace(fields)) {
    text.places.push({ path: fields.path, start: fields.start, end: fields.end })
    text.text += `@${fields.path.length}:${fields.path}`
    return
  }
  text.text += '{'
  for (const key in fields) {
    const field = fields[key]
    if (isLine(key, field)) continue
    // Most of what a page could say of a name is empty: told in one piece.
    if (Array.isArray(field) && field.length === 0) text.text += `${key}=[];`
    else if (field === '') text.text += `${key}=0:;`
    else {
      text.text += `${key}=`
      addText(field, text)
      text.text += ';'
    }
  }
  text.text += '}'
}

function factsIn(selected: unknown): ManifestFact[] {
  const found = new Map<string, Map<string, string>>()
  collect(selected, { fact: PAGE, side: null }, found)
  return [...found].map(([fact, sides]) => ({
    fact,
    sides: Object.fromEntries([...sides].map(([side, text]) => [side, hash('sha256', text).slice(0, 8)])),
  }))
}

interface Position {
  fact: string
  /** The field of the fact inside which the walk is; null at the fact itself. */
  side: string | null
}

/** Adds what every fact consists of; a fact inside another one counts for itself alone. */
function collect(value: unknown, at: Position, found: Map<string, Map<string, string>>): void {
  if (Array.isArray(value)) {
    for (const one of value) collect(one, at, found)
    return
  }
  if (!isFields(value) || isPlace(value)) {
    add(found, at, canonical(value, []))
    return
  }
  const name = factName(value)
  const inside: Position = name === null ? at : { fact: name, side: null }
  if (name !== null && !found.has(name)) found.set(name, new Map())
  for (const key in value)
    if (!isLine(key, value[key])) collect(value[key], inside.side === null ? { ...inside, side: key } : inside, found)
}

function add(found: Map<string, Map<string, string>>, { fact, side }: Position, text: string): void {
  const sides = found.get(fact) ?? new Map<string, string>()
  found.set(fact, sides)
  const key = side ?? 'text'
  sides.set(key, `${sides.get(key) ?? ''}${text}\n`)
}

/** How people name what an object of a writer stands for; null for what is only a part of something. */
function factName(fields: Fields): string | null {
  const { id, name, method, path, module, heading } = fields
  if (typeof id === 'string' && id.includes('#')) return id
  const place = firstPlace(fields)
  if (typeof name === 'string' && place) return `${place.path}#${name}`
  if (typeof method === 'string' && typeof path === 'string') return `${method} ${path}`.trim()
  if (typeof heading === 'string') return place ? `${place.path}: ${heading}` : null
  if (typeof module === 'string') return module === '.' ? null : module
  return typeof path === 'string' && typeof fields.title !== 'string' && path !== '.' ? path : null
}

function firstPlace(fields: Fields): SourceRange | null {
  for (const key in fields) {
    const value = fields[key]
    const candidates = Array.isArray(value) ? value.slice(0, 1) : [value]
    for (const one of candidates) {
      if (isPlace(one)) return one
      if (key === 'parts' && isFields(one) && isPlace(one.citation)) return one.citation
    }
  }
  return null
}

function isLine(key: string, value: unknown): boolean {
  return key === 'line' && typeof value === 'number'
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlace(value: unknown): value is SourceRange {
  return (
    isFields(value) &&
    typeof value.path === 'string' &&
    typeof value.start === 'number' &&
    typeof value.end === 'number'
  )
}
