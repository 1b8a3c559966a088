import type { DependencyFact } from '#lib/domain/facts.ts'

/** Requirements a go.mod names directly; those marked `// indirect` are left out. */
export function goDependencies(path: string, text: string): DependencyFact[] {
  let isBlock = false
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (/^require\s*\(/.test(line)) isBlock = true
    else if (line.trim() === ')') isBlock = false
    const match = (isBlock ? /^\s+([^\s()]+)\s+(v\S+)(.*)$/ : /^require\s+([^\s(]+)\s+(v\S+)(.*)$/).exec(line)
    if (!match?.[1] || !match[2] || match[3]?.includes('// indirect')) return []
    const source = { path, start: at + 1, end: at + 1 }
    return [{ name: match[1], range: match[2], kind: 'runtime' as const, source }]
  })
}
