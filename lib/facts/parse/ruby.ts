import { commentHeader } from './comment-header.ts'
import type { Node } from './node.ts'
import { emptyParsedFile, type ParsedFile, type RawImport } from './parsed-file.ts'
import { rubySymbols } from './ruby-symbols.ts'
import type { SourceText } from './source-text.ts'

/** Reads a Ruby file. `isTest` adds cases. */
export function parseRuby(root: Node, source: SourceText, isTest: boolean): ParsedFile {
  return {
    ...emptyParsedFile(),
    header: commentHeader(root, source, ({ type, text }) => type === 'call' && text.startsWith('require')),
    symbols: rubySymbols(root, source),
    imports: requiresOf(source),
    environment: environmentOf(source),
    tests: isTest ? testsOf(source.content) : null,
    hasErrors: root.hasError,
  }
}

const REQUIRE = /^\s*(require_relative|require|load|autoload\s+:\w+\s*,)[\s(]+["']([^"'#\n]+)["']/

/** `require_relative` and `require`; the first with `./` in front. */
function requiresOf({ content, path }: SourceText): RawImport[] {
  return content.split('\n').flatMap((line, at) => {
    const match = REQUIRE.exec(line)
    const [written, how] = [match?.[2], match?.[1]]
    if (!written) return []
    const specifier = how === 'require_relative' ? `./${written.replace(/^\.\//, '')}` : written
    return [{ specifier, names: ['*'], reexports: true, alias: null, range: { path, start: at + 1, end: at + 1 } }]
  })
}

const READ =
  /\bENV(?:\[\s*["']([A-Za-z_]\w*)["']\s*\](?!\s*=[^=~])(?:\s*\|\|\s*["']([^"'\n]*)["'])?|\.fetch\(\s*["']([A-Za-z_]\w*)["'](?:\s*,\s*(?:["']([^"'\n]*)["']|(true|false|-?\d[\d._]*)))?)/g

function environmentOf({ content, path }: SourceText): ParsedFile['environment'] {
  if (!content.includes('ENV')) return []
  return content.split('\n').flatMap((line, at) => {
    const reads = /^\s*#/.test(line) ? [] : [...line.matchAll(READ)]
    const range = { path, start: at + 1, end: at + 1 }
    return reads.map((match) => ({
      name: match[1] ?? match[3] ?? '',
      default: match[2] ?? match[4] ?? match[5] ?? null,
      help: null,
      range,
    }))
  })
}

function testsOf(content: string): ParsedFile['tests'] {
  const named = Array.from(
    content.matchAll(/^\s*(?:it|specify|test|should)[ (]+(["'])((?:(?!\1).)*)\1/gm),
    ([, , name]) => name ?? '',
  )
  if (named.length > 0) return { framework: /^\s*test[ (]/m.test(content) ? 'minitest' : 'rspec', cases: named }
  const cases = Array.from(content.matchAll(/^\s*def (test_\w+[?!]?)/gm), ([, name]) => name ?? '')
  return cases.length > 0 ? { framework: 'minitest', cases } : null
}
