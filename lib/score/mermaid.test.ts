import { expect, it } from 'vitest'
import { readMermaid } from './mermaid.ts'

it('reads flowcharts: shapes, chains, groups, labels and styles', () => {
  const diagram = readMermaid(
    [
      '%% why',
      'flowchart LR',
      '  subgraph one ["One"]',
      '    a["lib/a.ts<br>(x)"] & b(round) --> c{{"six"}} -.->|text| d[(data)]',
      '  end',
      '  d -- says so --> e((e));',
      '  e ==> a:::hot',
      '  classDef hot fill:#f00',
      '  style a fill:#fff',
    ].join('\n'),
  )
  expect(diagram.kind).toBe('flowchart')
  if (diagram.kind !== 'flowchart') return
  expect([...diagram.chart.nodes]).toEqual([
    ['a', 'lib/a.ts\n(x)'],
    ['b', 'round'],
    ['c', 'six'],
    ['d', 'data'],
    ['e', 'e'],
  ])
  expect(diagram.chart.edges.map(({ from, to }) => from + to)).toEqual(['ac', 'bc', 'cd', 'de', 'ea'])
})

it('reads labels that go on over several lines, and still counts lines', () => {
  const diagram = readMermaid('flowchart TD\n  a{Is it\n    home?}\n  a --no--> b["Walk\n    on"]')
  expect(diagram).toMatchObject({ kind: 'flowchart', chart: { edges: [{ from: 'a', to: 'b', line: 3 }] } })
  expect(readMermaid('flowchart TD\n  a{Is it\n  b --> c')).toMatchObject({ kind: 'broken', line: 1 })
})

it('says what it cannot read, and where', () => {
  const broken: [code: string, line: number][] = [
    ['flowchat TD\na --> b', 0],
    ['graph TD\na --> b\na["x" --> b', 2],
    ['graph TD\na[f(x)] --> b', 1],
    ['graph TD\na -> b', 1],
    ['graph TD\nsubgraph x\na --> b', 0],
    ['graph TD\na --> b\nend', 2],
    ['sequenceDiagram\nA->>B: hi\nA does B', 2],
    ['sequenceDiagram\nloop x\nA->>B: hi', 0],
  ]
  for (const [code, line] of broken) expect(readMermaid(code), code).toMatchObject({ kind: 'broken', line })
})

it('accepts the other kinds of diagram', () => {
  for (const code of [
    'sequenceDiagram\nparticipant A\nA->>+B: hi\nalt x\nB-->>-A: yes\nelse\nB-xA: no\nend',
    'classDiagram\nclass A {\n  +x()\n}\nA <|-- B',
    'erDiagram\nA ||--o{ B : has\nA {\n  int id\n}',
    'pie\n"a" : 3',
  ])
    expect(readMermaid(code), code).toEqual({ kind: 'other' })
})
