import { parse } from 'yaml'

export interface FrontMatter {
  type: string | null
  title: string | null
  /** Whether it says that no other page leads here. */
  isOrphan: boolean
  /** The text with front matter made blank, so that lines keep their numbers. */
  body: string
}

/** Takes YAML (`---`) or TOML (`+++`) front matter off a page. What cannot be read counts as none. */
export function frontMatter(text: string): FrontMatter {
  const match = /^(---|\+\+\+)[ \t]*\n([\s\S]*?)\n\1[ \t]*(?:\n|$)/.exec(text)
  if (!match) return { type: null, title: null, isOrphan: false, body: text }
  const body = match[0].replace(/[^\n]/g, '') + text.slice(match[0].length)
  const values = match[1] === '---' ? yamlValues(match[2] ?? '') : {}
  return { type: textOf(values.type), title: textOf(values.title), isOrphan: values.orphan === true, body }
}

function yamlValues(text: string): Record<string, unknown> {
  try {
    const value: unknown = parse(text, { maxAliasCount: 10 })
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
  } catch {
    return {}
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
