import { execFileSync } from 'node:child_process'
import { z } from 'zod'

const TAG = z.object({
  _type: z.string(),
  name: z.string().default(''),
  path: z.string().default(''),
  line: z.number().default(0),
  kind: z.string().default(''),
  language: z.string().default(''),
  scope: z.string().optional(),
  scopeKind: z.string().optional(),
  access: z.string().optional(),
  file: z.boolean().optional(),
  pattern: z.string().optional(),
})
/** One definition that universal-ctags found. */
export type Tag = z.infer<typeof TAG>

const MAX_OUTPUT_BYTES = 1024 ** 3

/** Whether universal-ctags can be run here, with the version it names. */
export function ctagsVersion(): string | null {
  try {
    return /Universal Ctags [\w.]+/.exec(execFileSync('ctags', ['--version'], { encoding: 'utf8' }))?.[0] ?? null
  } catch {
    return null
  }
}

/** Every tag of the files below a folder; `languages` maps endings to what our facts call them. */
export function tagsBelow(folder: string): Tag[] {
  const options = [
    '--options=NONE',
    '--output-format=json',
    '--fields=+nKlsSaz-P',
    '--kinds-C=+px-h',
    '--kinds-C++=+pxA-h',
    '--map-C++=+.h',
    '--extras=-F',
    '--recurse',
    '-f',
    '-',
    '.',
  ]
  const printed = execFileSync('ctags', options, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => TAG.parse(JSON.parse(line)))
    .filter(({ _type }) => _type === 'tag')
    .map((tag) => ({ ...tag, path: tag.path.replace(/^\.\//, '') }))
}
