import type { DependencyFact } from '#lib/domain/facts.ts'
import type { RawScript } from '#lib/facts/parse/parsed-file.ts'
import { lineOf, type ManifestText, oneLineRange, type PackageManifest, packageManifest } from './package-manifest.ts'

/** Reads a mix.exs as far as it states things plainly: attributes such as `@version` are followed. */
export function hexManifest({ path, dir, text }: ManifestText): PackageManifest | null {
  const name = /\bapp:\s*:(\w+)/.exec(text)?.[1]
  if (!name || !/\buse Mix\.Project\b/.test(text)) return null
  const described = field(text, 'description')
  return packageManifest(
    path,
    {
      kind: 'hex',
      name,
      version: field(text, 'version')?.value ?? null,
      description: described?.value ?? null,
      license: /\blicenses:\s*\[\s*"([^"]+)"/.exec(text)?.[1] ?? null,
    },
    {
      descriptionAt: described ? oneLineRange(path, described.line) : null,
      dependencies: dependenciesOf(path, text),
      scripts: aliasesOf(path, dir, text),
    },
  )
}

/** `key: "value"`, a block of lines, or `key: @attribute` with the attribute's own line. */
function field(text: string, key: string): { value: string; line: number } | null {
  const block = new RegExp(`\\b${key}:\\s*"""\\n([\\s\\S]*?)"""`).exec(text)
  if (block?.[1]?.trim())
    return { value: block[1].trim().replace(/\s+/g, ' '), line: lineOf(text, block.index + block[0].indexOf(block[1])) }
  const found = new RegExp(`\\b${key}:\\s*(?:"([^"\\n]+)"|@(\\w+))`).exec(text)
  if (found?.[1]) return { value: found[1], line: lineOf(text, found.index) }
  const attribute = found?.[2] ? new RegExp(`^[ \\t]*@${found[2]}[ \\t]+"([^"\\n]+)"`, 'm').exec(text) : null
  return attribute?.[1] ? { value: attribute[1], line: lineOf(text, attribute.index + attribute[0].length - 1) } : null
}

const DEPENDENCY = /^[ \t]*\{:(\w+),\s*(?:"([^"\n]*)"|\w+:)[^\n]*/gm

function dependenciesOf(path: string, text: string): DependencyFact[] {
  const body = bodyOf(text, 'deps')
  return body
    ? Array.from(body.text.matchAll(DEPENDENCY), (match): DependencyFact => {
        const isForDevelopment = /\bonly:\s*(?::(?:dev|test|docs)\b|\[[^\]]*:(?:dev|test|docs)\b)/.test(match[0])
        const kind = isForDevelopment ? 'development' : /\boptional:\s*true/.test(match[0]) ? 'optional' : 'runtime'
        const source = oneLineRange(path, lineOf(text, body.index + match.index + match[0].length - 1))
        return { name: match[1] ?? '', range: match[2] ?? '*', kind, source }
      })
    : []
}

const ALIAS = /^[ \t]*(?:"([\w.]+)"|(\w+)):\s*\[((?:[^\][]|\[[^\][]*\])*)\]/gm

/** Tasks people type as `mix name`. */
function aliasesOf(path: string, dir: string, text: string): RawScript[] {
  const body = bodyOf(text, 'aliases')
  if (!body || dir !== '') return []
  return Array.from(body.text.matchAll(ALIAS), (match) => {
    const name = match[1] ?? match[2] ?? ''
    const start = lineOf(text, body.index + match.index + match[0].search(/\S/))
    const end = lineOf(text, body.index + match.index + match[0].length - 1)
    const steps = Array.from((match[3] ?? '').matchAll(/"((?:[^"\\\n]|\\.)*)"/g), (step) => `mix ${step[1] ?? ''}`)
    return { name, command: steps.join('\n'), runner: 'mix', invocation: `mix ${name}`, range: { path, start, end } }
  })
}

/** What a private function without arguments consists of. */
function bodyOf(text: string, name: string): { text: string; index: number } | null {
  const found = new RegExp(`^([ \\t]*)defp? ${name}(?:\\(\\))? do\\n([\\s\\S]*?)^\\1end\\b`, 'm').exec(text)
  return found?.[2] === undefined ? null : { text: found[2], index: found.index + found[0].indexOf(found[2]) }
}
