import type { EnvironmentRead } from '#lib/facts/parse/parsed-file.ts'

/** Variables of a `.env.example`, also those it shows as comments; the comment above one is its help. */
export function environmentFile(path: string, text: string): EnvironmentRead[] {
  const comments: string[] = []
  return text.split(/\r?\n/).flatMap((line, at) => {
    const match = /^(?:#\s?)?(?:export\s+)?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line)
    if (match?.[1]) {
      const help = comments.join(' ').trim() || null
      const [value = '', trailing] = (match[2] ?? '').split(/\s+#\s*/, 2)
      const unquoted = value.trim().replace(/^(["'])(.*)\1$/, '$2')
      comments.length = 0
      return [
        {
          name: match[1],
          default: unquoted || null,
          help: help ?? trailing ?? null,
          range: { path, start: at + 1, end: at + 1 },
        },
      ]
    }
    if (/^#/.test(line)) comments.push(line.replace(/^#+\s?/, ''))
    else comments.length = 0
    return []
  })
}
