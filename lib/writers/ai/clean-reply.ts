const THOUGHT = /^(?:think|thinking|reasoning|scratchpad)$/i
const TAG = /<(\/?)([a-z]+)>/gi

/** A reply as a page, or why it is none. */
export type Cleaned = { markdown: string } | { problem: string }

/**
 * Takes off what models put around a page: thoughts, a fence around the whole, words before the title, a farewell. One
 * linear scan; a tag that closes before it opens ends a thought that began unseen. The title is the plan's.
 */
export function cleanReply(reply: string, title: string): Cleaned {
  const text = unfenced(withoutThoughts(reply.replace(/\r\n?/g, '\n')).trim())
  const start = titleAt(text)
  if (start < 0) return { problem: 'it has no line "# Title"' }
  const [, ...lines] = text.slice(start).split('\n')
  const body = withoutFarewell(lines).join('\n').trim()
  if (body === '') return { problem: 'there is nothing below the title' }
  if (openFence(body)) return { problem: 'a code block is not closed' }
  return { markdown: `# ${title}\n\n${body}\n` }
}

function withoutThoughts(text: string): string {
  let kept = ''
  let from = 0
  let depth = 0
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.matchAll(TAG)) {
    if (!THOUGHT.test(name)) continue
    if (slash) {
      // Closed without having been opened: all before it was thought.
      if (depth === 0) kept = ''
      else depth -= 1
      from = index + tag.length
    } else {
      if (depth === 0) kept += text.slice(from, index)
      depth += 1
    }
  }
  return depth > 0 ? kept : kept + text.slice(from)
}

/** The inside of a fence that holds a whole page, wherever words stand around it. */
function unfenced(text: string): string {
  const open = /^(`{3,})(?:markdown|md)?[ \t]*\n(?=#\s)/m.exec(text)
  if (!open) return text
  const inside = text.slice(open.index + open[0].length)
  const end = inside.lastIndexOf(`\n${open[1]}`)
  return end < 0 ? inside : inside.slice(0, end)
}

function titleAt(text: string): number {
  const match = /(?:^|\n)#[ \t]+\S/.exec(text)
  return match ? match.index + (match[0].startsWith('\n') ? 1 : 0) : -1
}

const FAREWELL =
  /^(?:let me know|i hope|feel free|if you(?:'d| would) like|would you like|this (?:page|document|documentation) (?:covers|provides|now))\b/i

function withoutFarewell(lines: string[]): string[] {
  const kept = lines.slice()
  while (kept.length > 0 && /^(?:-{3,})?$/.test(kept.at(-1)?.trim() ?? '')) kept.pop()
  if (!FAREWELL.test(kept.at(-1) ?? '')) return kept
  return withoutFarewell(kept.slice(0, -1))
}

function openFence(text: string): boolean {
  let open: string | null = null
  for (const line of text.split('\n')) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line)
    if (!fence?.[1]) continue
    if (open === null) open = fence[1]
    else if (fence[1].startsWith(open) && (fence[2] ?? '').trim() === '') open = null
  }
  return open !== null
}
