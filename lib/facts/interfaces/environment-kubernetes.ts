import type { EnvironmentRead } from '#lib/facts/parse/parsed-file.ts'

const WORKLOAD = /^[ \t]*kind:[ \t]*["']?(?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|ReplicaSet)\b/m
/** No container has more lines between its image and its variables. */
const MOST_LINES = 200
const MOST_CONTAINERS = 300
const NAME = /^[A-Z][A-Z0-9_]*$/

/** A variable that a container of a cluster is given, with the image it runs. */
export interface ContainerVariable extends EnvironmentRead {
  /** Null when the container names none. */
  image: string | null
}

interface Line {
  indent: number
  text: string
}

/** Variables of the containers of a Kubernetes manifest, also where a Helm template writes it: read line by line. */
export function kubernetesEnvironment(path: string, content: string): ContainerVariable[] {
  if (!WORKLOAD.test(content)) return []
  const lines = content.split(/\r?\n/).map(lineOf)
  const starts = [...lines.keys()].filter((at) => /^(?:- )?env:\s*$/.test(lines[at]?.text ?? ''))
  return starts.slice(0, MOST_CONTAINERS).flatMap((at) => {
    const image = imageBeside(lines, at)
    return entriesBelow(lines, at).map(({ name, value, line: row }) => ({
      name,
      default: value === null || /[${]/.test(value) ? null : value,
      help: null,
      range: { path, start: row + 1, end: row + 1 },
      image,
    }))
  })
}

/** What a list item begins with stands where its other keys do. */
function lineOf(written: string): Line {
  const text = written.trim()
  const dash = /^-\s+(?=\w+:)/.exec(text)?.[0].length ?? 0
  return { indent: written.length - written.trimStart().length + dash, text }
}

/** `image:` among the keys of the same container. */
function imageBeside(lines: Line[], at: number): string | null {
  const indent = lines[at]?.indent ?? 0
  const found = (step: 1 | -1): string | null => {
    const [first, last] = [Math.max(0, at - MOST_LINES), Math.min(lines.length - 1, at + MOST_LINES)]
    for (let row = at; row >= first && row <= last; row += step) {
      const { indent: own, text } = lines[row] ?? { indent: 0, text: '' }
      const isSkipped = text === '' || /^(?:#|\{\{)/.test(text) || own > indent
      if (isSkipped) continue
      if (own < indent || (step === 1 && row > at && text.startsWith('- '))) return null
      const image = /^(?:- )?image:\s*["']?([^"'#\s].*?)["']?\s*$/.exec(text)?.[1]
      if (image !== undefined) return image
      if (step === -1 && text.startsWith('- ')) return null
    }
    return null
  }
  return found(-1) ?? found(1)
}

function entriesBelow(lines: Line[], at: number): { name: string; value: string | null; line: number }[] {
  const indent = lines[at]?.indent ?? 0
  const found: { name: string; value: string | null; line: number }[] = []
  for (let row = at + 1; row < lines.length; row += 1) {
    const { indent: own, text } = lines[row] ?? { indent: 0, text: '' }
    if (text === '' || /^(?:#|\{\{)/.test(text)) continue
    if (own < indent || (own === indent && !text.startsWith('- '))) break
    const name = /^- name:\s*["']?([\w.]+)["']?\s*$/.exec(text)?.[1]
    const value = /^value:\s*(?:"([^"]*)"|'([^']*)'|(\S.*?))\s*$/.exec(text)
    const last = found.at(-1)
    if (name && NAME.test(name)) found.push({ name, value: null, line: row })
    else if (value && last && last.line === row - 1) last.value = (value[1] ?? value[2] ?? value[3]) || null
  }
  return found
}
