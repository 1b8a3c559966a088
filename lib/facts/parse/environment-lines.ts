import type { EnvironmentRead } from './parsed-file.ts'
import type { SourceText } from './source-text.ts'

/**
 * Variables of the environment that lines of code read. `read` is global; its groups `name` and, if it has one,
 * `fallback` say which variable and what stands for it. `comment` begins a line that is none.
 */
export function environmentLines(
  { content, path }: Pick<SourceText, 'content' | 'path'>,
  read: RegExp,
  comment: string,
): EnvironmentRead[] {
  return content.split('\n').flatMap((line, at) => {
    if (line.trimStart().startsWith(comment)) return []
    return Array.from(line.matchAll(read), ({ groups }) => ({
      name: groups?.name ?? '',
      default: groups?.fallback ?? null,
      help: null,
      range: { path, start: at + 1, end: at + 1 },
    }))
  })
}
