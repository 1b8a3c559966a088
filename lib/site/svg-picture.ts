/** Size of a drawing in pixels. */
export interface SvgSize {
  width: number
  height: number
}

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'
/** The one of its kind that notes use: no browser acts on it, nor on any name space of others. */
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const SHAPES = new Set(
  `svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata style
  linearGradient radialGradient stop clipPath mask pattern marker image filter feBlend feColorMatrix feComponentTransfer
  feComposite feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
  feOffset feTurbulence`.split(/\s+/),
)
const MOST_PIXELS_A_SIDE = 16_384
/** One step through a document: a comment, a tag, or text. A tag in another form than this ends the reading. */
const STEP =
  /<!--(?:(?!--)[\s\S])*-->|<(\/?)([A-Za-z][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y
const ATTRIBUTE = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g
const PROLOG = /^\s*(?:<\?xml[^<>?]*\?>)?\s*(?:<!--(?:(?!--)[\s\S])*-->\s*)*(?:<!DOCTYPE\s+svg[^<>[\]]*>)?/
const ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/

/**
 * Size of an SVG drawing of which every element, attribute and style is known to be harmless, also where somebody opens
 * the file by itself: no scripts, no handlers, no links, nothing from elsewhere, nothing that multiplies itself. Null for
 * every other file. The file is judged and never changed.
 */
export function svgSize(bytes: Uint8Array): SvgSize | null {
  const text = textOf(bytes)
  const [prolog = ''] = (text && PROLOG.exec(text)) ?? []
  // Another encoding would let a browser read another document than this.
  if (!text || /encoding\s*=\s*["'](?!utf-?8["'])/i.test(prolog) || ENTITY.test(text)) return null
  return read(text, prolog.length)
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /[^\P{Cc}\t\n\r]/u.test(text) ? null : text
  } catch {
    return null
  }
}

interface Open {
  name: string
  hasId: boolean
}

interface Reading {
  /** Elements around the place that is read, the root first. */
  open: Open[]
  /** Of the root. */
  size: SvgSize | null
  /** Prefixes the root declares: with any other one a browser shows nothing. */
  prefixes: Set<string>
}

function read(text: string, from: number): SvgSize | null {
  const reading: Reading = { open: [], size: null, prefixes: new Set(['xml', 'xmlns']) }
  STEP.lastIndex = from
  while (STEP.lastIndex < text.length) {
    const step = STEP.exec(text)
    if (!step || !isHarmlessStep(step, reading)) return null
  }
  return reading.open.length === 0 ? reading.size : null
}

function isHarmlessStep([, closes, name, written = '', empty, text]: RegExpExecArray, reading: Reading): boolean {
  if (text !== undefined) return isHarmlessText(text, reading.open)
  if (name === undefined) return true
  if (closes) return written === '' && !empty && reading.open.pop()?.name === name
  const attributes = attributesOf(name, written)
  if (!attributes || !mayStand(name, reading.open)) return false
  if (reading.open.length === 0 && !begins(name, attributes, reading)) return false
  if (![name, ...attributes.keys()].every((known) => isDeclared(known, reading))) return false
  if (!empty) reading.open.push({ name, hasId: reading.open.length > 0 && attributes.has('id') })
  return true
}

/** Takes the root, of which there is one. */
function begins(name: string, attributes: Map<string, string>, reading: Reading): boolean {
  if (name !== 'svg' || reading.size || attributes.get('xmlns') !== SVG) return false
  reading.size = sizeOf(attributes)
  for (const key of attributes.keys()) if (key.startsWith('xmlns:')) reading.prefixes.add(key.slice(6))
  return reading.size !== null
}

function isDeclared(name: string, { prefixes }: Reading): boolean {
  const colon = name.indexOf(':')
  return colon === -1 || prefixes.has(name.slice(0, colon))
}

/** A drawing that is used stands in no drawing that can be used itself: a few lines would become millions of shapes. */
function mayStand(name: string, open: Open[]): boolean {
  if (open.at(-1)?.name === 'style') return false
  const isUse = name === 'use'
  return !isUse || !open.some(({ hasId, name: outer }) => hasId || outer === 'pattern' || outer === 'marker')
}

function isHarmlessText(content: string, open: Open[]): boolean {
  if (open.length === 0) return content.trim() === ''
  return open.at(-1)?.name !== 'style' || (!/[&\\]|@(?!media\b)/.test(content) && hasOwnUrlsOnly(content))
}

/** Null where one is repeated or says what a picture must not. */
function attributesOf(element: string, written: string): Map<string, string> | null {
  const found = new Map<string, string>()
  const isNote = /^(?!svg:|xlink:|xml)[\w-]+:/i.test(element)
  if (!isNote && !SHAPES.has(element)) return null
  for (const [, name = '', double, single] of written.matchAll(ATTRIBUTE)) {
    const value = double ?? single ?? ''
    if (found.has(name) || !isHarmless(name, value, element)) return null
    found.set(name, value)
  }
  return found
}

function isHarmless(name: string, value: string, element: string): boolean {
  if (name === 'xmlns') return value === SVG
  if (name.startsWith('xmlns:')) return name === 'xmlns:xlink' ? value === XLINK : isNoteSpace(name, value)
  if (/^on/i.test(name) || /(?:^|:)(?:src|base)$/i.test(name)) return false
  if (/(?:^|:)href$/i.test(name)) return isOwnReference(value, element)
  return !value.includes('\\') && hasOwnUrlsOnly(value)
}

/** What programs that draw write of themselves into a drawing; nothing of it is ever shown. */
function isNoteSpace(name: string, value: string): boolean {
  if (name === 'xmlns:svg') return value === SVG
  return value === RDF || (/^[a-z]+:/.test(value) && !/&|w3\.org/i.test(value))
}

function isOwnReference(value: string, element: string): boolean {
  if (element === 'image') return /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z\d+/=\s]*$/.test(value)
  return /^#[\w.-]+$/.test(value)
}

function hasOwnUrlsOnly(value: string): boolean {
  return !/url\s*\((?!\s*["']?#[\w.-]+["']?\s*\))|(?:image|image-set|src|cross-fade)\s*\(|@import/i.test(value)
}

function sizeOf(root: Map<string, string>): SvgSize | null {
  const [, , across, down] = (root.get('viewBox') ?? '').trim().split(/[\s,]+/)
  const width = pixels(root.get('width')) ?? pixels(across)
  const height = pixels(root.get('height')) ?? pixels(down)
  return width && height ? { width, height } : null
}

function pixels(length: string | undefined): number | null {
  const [, digits] = /^(\d{1,6}(?:\.\d{1,20})?)(?:px)?$/.exec(length?.trim() ?? '') ?? []
  const side = digits === undefined ? 0 : Math.round(Number(digits))
  return side > 0 && side <= MOST_PIXELS_A_SIDE ? side : null
}
