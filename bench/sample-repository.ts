import { createTempRepository, type RepositoryFiles, type TempRepository } from '#lib/testing/temp-repository.ts'

const FILES_PER_FOLDER = 12
const LANGUAGES = ['ts', 'py', 'go'] as const
type Language = (typeof LANGUAGES)[number]

/** A repository of `count` source files in three languages, with imports between them; always the same one. */
export async function createSampleRepository(count: number): Promise<TempRepository> {
  const files: RepositoryFiles = {
    'README.md': '# Sample\n\nA generated repository that measures docsfy.\n\n## Usage\n\nRun `npm run serve`.\n',
    'package.json': JSON.stringify(
      { name: 'sample', version: '1.0.0', scripts: { serve: 'node src/main.js' } },
      null,
      2,
    ),
    'go.mod': 'module example.com/sample\n\ngo 1.24\n',
  }
  for (let n = 0; n < count; n += 1) files[pathOf(n)] = SOURCES[languageOf(n)](n)
  return await createTempRepository({ files, name: 'sample' })
}

function languageOf(n: number): Language {
  return LANGUAGES[Math.floor(n / FILES_PER_FOLDER) % LANGUAGES.length] ?? 'ts'
}

function pathOf(n: number): string {
  return `src/area${Math.floor(n / FILES_PER_FOLDER)}/part${n}.${languageOf(n)}`
}

/** The neighbour a file imports: an earlier one of its folder, so that there are no cycles. */
function neighbour(n: number): number | null {
  return n % FILES_PER_FOLDER === 0 ? null : n - 1
}

const SOURCES: Record<Language, (n: number) => string> = {
  ts: (n) => {
    const other = neighbour(n)
    const imported = other === null ? '' : `import { compute${other} } from './part${other}.ts'\n\n`
    const methods = range(8).map((i) => tsMethod(n, i))
    const call = other === null ? 'value' : `compute${other}(value)`
    return `/** Part ${n}: turns values into results. */\n${imported}/** Settings of part ${n}. */
export interface Options${n} {\n  /** Number of attempts. */\n  retries: number\n  label?: string\n}\n
/** Computes step ${n}. Throws when the value is negative. */
export function compute${n}(value: number, options: Options${n} = { retries: 3 }): number {
  if (value < 0) throw new Error('negative')\n  return ${call} + options.retries\n}\n
/** Worker of part ${n}. */\nexport class Worker${n} {\n${methods.join('\n')}}\n`
  },
  py: (n) => {
    const other = neighbour(n)
    const imported = other === null ? '' : `from .part${other} import compute_${other}\n\n`
    const methods = range(8).map((i) => pyMethod(n, i))
    const call = other === null ? 'value' : `compute_${other}(value)`
    return `"""Part ${n}: turns values into results."""\n\nimport os\n\n${imported}
TIMEOUT_${n} = int(os.environ.get("SAMPLE_TIMEOUT_${n}", "30"))\n\n
def compute_${n}(value: int, retries: int = 3) -> int:\n    """Computes step ${n}.\n\n    :param value: what to start from\n    """
    return ${call} + retries\n\n\nclass Worker${n}:\n    """Worker of part ${n}."""\n\n${methods.join('\n')}`
  },
  go: (n) => {
    const functions = range(8).map((i) => goFunction(n, i))
    return `// Package area turns values into results.\npackage area\n\n// Worker${n} does the work of part ${n}.
type Worker${n} struct {\n\t// Retries is the number of attempts.\n\tRetries int\n}\n\n${functions.join('\n')}`
  },
}

function tsMethod(n: number, i: number): string {
  return `  /** Runs task ${i} for a name. */\n  task${i}(name: string, times = ${i}): string[] {
    const found: string[] = []\n    for (let at = 0; at < times; at += 1) found.push(\`\${name}-\${at}-${n}\`)
    return found.filter((entry) => entry.length > ${i})\n  }\n`
}

function pyMethod(n: number, i: number): string {
  return `    def task_${i}(self, name: str, times: int = ${i}) -> list[str]:\n        """Runs task ${i} for a name."""
        found = [f"{name}-{at}-${n}" for at in range(times)]\n        return [entry for entry in found if len(entry) > ${i}]\n`
}

function goFunction(n: number, i: number): string {
  return `// Task${i} runs task ${i} for a name.\nfunc (w *Worker${n}) Task${i}(name string, times int) []string {
\tfound := []string{}\n\tfor at := 0; at < times; at++ {\n\t\tfound = append(found, name)\n\t}\n\treturn found\n}\n`
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
