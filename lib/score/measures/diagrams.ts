import type { Citation, Context } from '#lib/score/context.ts'
import { type Finding, type ScoreMiss, shareFinding } from '#lib/score/finding.ts'
import { GraphNames } from '#lib/score/graph-names.ts'
import type { Ground } from '#lib/score/ground.ts'
import { type Flowchart, readMermaid } from '#lib/score/mermaid.ts'

/** Mermaid blocks that parse; nodes and edges of flowcharts that are in the code. */
export function measureDiagrams({ pages, ground, citations }: Context): { parse: Finding; grounded: Finding } {
  const broken: ScoreMiss[] = []
  const ungrounded: ScoreMiss[] = []
  let diagrams = 0
  let claims = 0
  // Most pages have no diagram, and a large repository has many names.
  let names: GraphNames | null = null
  const cited = Map.groupBy(citations, ({ page }) => page)
  for (const page of pages) {
    const quoted = textsOf(cited.get(page) ?? [], ground)
    for (const block of page.blocks) {
      if (block.kind !== 'fence' || block.language !== 'mermaid') continue
      diagrams += 1
      const place = (line: number) => ({ page: page.file, line: block.line + line })
      const diagram = readMermaid(block.code)
      if (diagram.kind === 'broken') broken.push({ ...place(diagram.line), claim: 'Mermaid', found: diagram.problem })
      if (diagram.kind !== 'flowchart' || quoted.includes(folded(block.code))) continue
      names ??= new GraphNames(ground)
      const judged = judge(diagram.chart, names)
      claims += judged.claims
      for (const { line, ...miss } of judged.misses) ungrounded.push({ ...place(line), ...miss })
    }
  }
  return { parse: shareFinding(diagrams, broken), grounded: shareFinding(claims, ungrounded) }
}

/** What the documents say that a page cites: a picture quoted from there claims what the document does. */
function textsOf(citations: Citation[], { facts }: Ground): string {
  const paths = new Set(citations.map(({ path }) => path))
  const sections = facts.documents.filter(({ path }) => paths.has(path)).flatMap((document) => document.sections)
  return folded(sections.map(({ text }) => text).join('\n'))
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

interface Judged {
  claims: number
  misses: Omit<ScoreMiss, 'page'>[]
}

/** Every node is a claim; an edge is one where both of its ends are files or folders. */
function judge({ nodes, edges }: Flowchart, names: GraphNames): Judged {
  const judged: Judged = { claims: nodes.size, misses: [] }
  const labels = [...nodes.values()]
  for (const label of labels)
    if (!names.isKnown(label))
      judged.misses.push({ line: 0, claim: `node "${label}"`, found: 'nothing of this name is in the code' })
  for (const { from, to, line } of edges) {
    const [start, end] = [nodes.get(from) ?? from, nodes.get(to) ?? to]
    const isImported = names.imports(start, end, labels)
    if (isImported === null) continue
    judged.claims += 1
    if (!isImported)
      judged.misses.push({ line, claim: `${start} → ${end}`, found: 'no file of the one imports a file of the other' })
  }
  return judged
}
