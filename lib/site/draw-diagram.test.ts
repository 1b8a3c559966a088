import { describe, expect, it } from 'vitest'
import { diagramDrawer } from '#lib/site/draw-diagram.ts'

const draw = await diagramDrawer()

describe('drawing Mermaid without a browser', () => {
  it.each([
    ['flowchart', 'flowchart LR\n a --> b'],
    ['state diagram', 'stateDiagram-v2\n [*] --> Idle\n Idle --> [*]'],
    ['sequence diagram', 'sequenceDiagram\n A->>B: hello'],
    ['class diagram', 'classDiagram\n Animal <|-- Dog'],
    ['entity diagram', 'erDiagram\n A ||--o{ B : has'],
  ])('draws a %s in two themes that differ in colours only', (_, source) => {
    const drawn = draw(source)
    if ('problem' in drawn) throw new Error(drawn.problem)
    const shape = (svg: string) => svg.replace(/#[0-9a-f]{6}/g, '#')
    expect(drawn.light).not.toBe(drawn.dark)
    expect(shape(drawn.light)).toBe(shape(drawn.dark))
    expect(drawn.light + drawn.dark).not.toMatch(/#0[1-8]0[1-8]0[1-8]|var\(|\sstyle=|NaN/)
  })

  it('keeps labels as they are meant, whatever they mean to Mermaid, Graphviz or XML', () => {
    const drawn = draw('flowchart TD\n a["app/#91;id#93; \\N &lt;T&gt;"] -->|"x #quot;y#quot;"| b["it\'s A & B"]')
    if ('problem' in drawn) throw new Error(drawn.problem)
    expect(drawn.edges).toEqual(['app/[id] \\N <T> → it\'s A & B (x "y")'])
    expect(drawn.light).toContain('app/[id] \\N &lt;T&gt;')
    expect(drawn.light).toContain('A &amp; B')
  })

  it('leaves a long label room in a font a sixth wider than the one boxes are measured for', () => {
    const drawn = draw(`flowchart LR\n a["${'name.'.repeat(10)}"] --> b["b"]`)
    if ('problem' in drawn) throw new Error(drawn.problem)
    const boxes = [...drawn.light.matchAll(/<polygon [^>]*points="([^"]*)"/g)].map(([, corners = '']) => {
      const across = corners.split(' ').map((corner) => Number(corner.split(',')[0]))
      return Math.max(...across) - Math.min(...across)
    })
    // In DejaVu Sans, the widest of the fonts in use, these letters take 444 pixels.
    expect(Math.max(...boxes)).toBeGreaterThan(444)
  })

  it('breaks the path of a deep folder, so that its box is no line', () => {
    const drawn = draw(
      'flowchart LR\n a["src/app/(main)/websites/#91;websiteId#93;/replays"] --> b["src/router/reg_exp_router"]',
    )
    if ('problem' in drawn) throw new Error(drawn.problem)
    expect(drawn.light).toMatch(/>src\/app\/\(main\)\/websites\/<.*>\[websiteId\]\/replays</s)
    expect(drawn.light).toContain('>src/router/reg_exp_router<')
  })

  it('lays a graph that is much wider than a page out the other way, where that is narrower and not too high', () => {
    const many = (kind: string, count: number) =>
      draw(`${kind}\n${Array.from({ length: count }, (_, n) => `n${n}[src/part-${n}] --> core`).join('\n')}`)
    const chain = `flowchart LR\n${Array.from({ length: 30 }, (_, n) => `n${n} --> n${n + 1}`).join('\n')}`
    expect(many('flowchart TD', 4)).toMatchObject({ width: expect.toSatisfy((px) => px > 300 && px < 900) })
    expect(many('flowchart TD', 12)).toMatchObject({ width: expect.toSatisfy((px) => px < 400) })
    expect(draw(chain)).toMatchObject({ width: expect.toSatisfy((px) => px > 1500) })
  })

  it('connects to a group as a whole', () => {
    const drawn = draw('flowchart TD\n subgraph core\n  a --> b\n end\n c --> core')
    expect(drawn).toMatchObject({ edges: ['a → b', 'c → core'] })
  })

  it.each([
    ['gantt\n title x', 'not supported'],
    [`flowchart TD\n${Array.from({ length: 200 }, (_, n) => `n${n} --> n${n + 1}`).join('\n')}`, 'more than 160'],
    [`flowchart TD\n%% ${'x'.repeat(21_000)}`, 'longer than'],
  ])('says why it does not draw', (source, reason) => {
    expect(draw(source)).toEqual({ problem: expect.stringContaining(reason) })
  })
})
