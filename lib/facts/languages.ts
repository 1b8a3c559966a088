/** Languages that have full symbols. The name is the grammar's file name. */
export type Grammar =
  | 'typescript'
  | 'tsx'
  | 'python'
  | 'go'
  | 'rust'
  | 'java'
  | 'cpp'
  | 'c-sharp'
  | 'ruby'
  | 'php'
  | 'bash'
  | 'kotlin'
  | 'lua'
  | 'elixir'
  | 'scala'
  | 'swift'

interface Language {
  name: string
  /** Null when there is no parser for it. */
  grammar: Grammar | null
  /** Program code, as opposed to data, markup and prose. */
  code: boolean
}

const code = (name: string, grammar: Grammar | null = null): Language => ({ name, grammar, code: true })
const data = (name: string): Language => ({ name, grammar: null, code: false })

const TYPESCRIPT = code('TypeScript', 'typescript')
const JAVASCRIPT = code('JavaScript', 'tsx')
const MARKDOWN = data('Markdown')
const YAML = data('YAML')

const BY_EXTENSION = new Map<string, Language>([
  ['ts', TYPESCRIPT],
  ['mts', TYPESCRIPT],
  ['cts', TYPESCRIPT],
  ['tsx', code('TypeScript', 'tsx')],
  ['js', JAVASCRIPT],
  ['jsx', JAVASCRIPT],
  ['mjs', JAVASCRIPT],
  ['cjs', JAVASCRIPT],
  ['py', code('Python', 'python')],
  ['pyi', code('Python', 'python')],
  ['go', code('Go', 'go')],
  ['rs', code('Rust', 'rust')],
  ['java', code('Java', 'java')],
  ['kt', code('Kotlin', 'kotlin')],
  ['kts', code('Kotlin', 'kotlin')],
  ['c', code('C', 'cpp')],
  ['h', code('C', 'cpp')],
  ['cc', code('C++', 'cpp')],
  ['cpp', code('C++', 'cpp')],
  ['cxx', code('C++', 'cpp')],
  ['hpp', code('C++', 'cpp')],
  ['hh', code('C++', 'cpp')],
  ['hxx', code('C++', 'cpp')],
  ['ipp', code('C++', 'cpp')],
  ['tpp', code('C++', 'cpp')],
  ['cs', code('C#', 'c-sharp')],
  ['rb', code('Ruby', 'ruby')],
  ['php', code('PHP', 'php')],
  ['swift', code('Swift', 'swift')],
  ['scala', code('Scala', 'scala')],
  ['sh', code('Shell', 'bash')],
  ['bash', code('Shell', 'bash')],
  ['bats', code('Shell', 'bash')],
  ['zsh', code('Shell')],
  ['sc', code('Scala', 'scala')],
  ['lua', code('Lua', 'lua')],
  ['ex', code('Elixir', 'elixir')],
  ['exs', code('Elixir', 'elixir')],
  ['vue', code('Vue', 'typescript')],
  ['svelte', code('Svelte', 'typescript')],
  ['astro', code('Astro')],
  ['zig', code('Zig')],
  ['dart', code('Dart')],
  ['r', code('R')],
  ['pl', code('Perl')],
  ['ps1', code('PowerShell')],
  ['sql', code('SQL')],
  ['css', code('CSS')],
  ['scss', code('SCSS')],
  ['less', code('Less')],
  ['html', data('HTML')],
  ['htm', data('HTML')],
  ['md', MARKDOWN],
  ['markdown', MARKDOWN],
  ['mdx', data('MDX')],
  ['rst', data('reStructuredText')],
  ['json', data('JSON')],
  ['jsonc', data('JSON')],
  ['json5', data('JSON')],
  ['yml', YAML],
  ['yaml', YAML],
  ['toml', data('TOML')],
  ['ini', data('INI')],
  ['cfg', data('INI')],
  ['xml', data('XML')],
  ['proto', data('Protocol Buffers')],
  ['graphql', data('GraphQL')],
])

const BY_NAME = new Map<string, Language>([
  ['Makefile', code('Makefile')],
  ['GNUmakefile', code('Makefile')],
  ['Dockerfile', code('Dockerfile')],
  ['justfile', code('Just')],
  ['Justfile', code('Just')],
])

/** Language of a path by its name or ending; null when unknown. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const known = BY_NAME.get(name)
  if (known) return known
  const dot = name.lastIndexOf('.')
  return dot > 0 ? (BY_EXTENSION.get(name.slice(dot + 1).toLowerCase()) ?? null) : null
}

const SHEBANG = /^#!\s*\S*\/(?:env\s+(?:-S\s+)?)?(bash|sh|dash|ksh|ruby|php)\b/
const BY_PROGRAM: Record<string, string> = { ruby: 'rb', php: 'php' }

/** Language of a file by its name, else by the program its first line names. */
export function languageOfText(path: string, text: string): Language | null {
  const known = languageOf(path)
  const program = known || !text.startsWith('#!') ? undefined : SHEBANG.exec(text.slice(0, 200))?.[1]
  return program ? languageOf(`script.${BY_PROGRAM[program] ?? 'sh'}`) : known
}
