/** Claims of a page a simulated model wrote: each can be found again by its words. */
export interface SimulatedPage {
  markdown: string
  truths: string[]
  lies: string[]
}

interface Given {
  page: string
  /** Lines of the repository by label, as the prompt gives them. */
  excerpts: { path: string; lines: [number: number, text: string][] }[]
}

/** What a prompt gives a model: the page so far and the excerpts. */
export function givenIn(prompt: string): Given {
  const blocks = [...prompt.matchAll(/<<<data (\w+) ([^\n]*)\n([\s\S]*?)\ndata \1>>>/g)]
  const page = blocks.find(([, , title]) => title === 'the page so far')?.[3] ?? ''
  const excerpts = blocks.flatMap(([, , title = '', text = '']) => {
    const path = /^(.+):\d+(?:-\d+)?$/.exec(title)?.[1]
    const lines = text.split('\n').map((line): [number, string] => {
      const [, number = '0', rest = ''] = /^(\d+) {2}(.*)$/.exec(line) ?? []
      return [Number(number), rest]
    })
    return path ? [{ path, lines }] : []
  })
  return { page, excerpts }
}

/**
 * A page as a good model with a known share of lies would write it: the given one, with true sentences about functions that are
 * in the excerpts and, for each of `kinds`, a false one.
 */
export function simulatedPage(prompt: string, kinds: readonly LieKind[]): SimulatedPage {
  const { page, excerpts } = givenIn(prompt)
  const places = excerpts.flatMap(({ path, lines }) =>
    lines.flatMap(([line, text]) => {
      const name = /\b(?:function|class|def|interface|const)\s+([A-Za-z_]\w{3,})/.exec(text)?.[1]
      return name ? [{ path, line, name, ...parametersIn(text) }] : []
    }),
  )
  const known = [...new Map(places.map((place) => [place.name, place])).values()]
  const truths = known.map(
    ({ path, line, name }) =>
      `Readers who look for \`${name}\` find where it begins right in this file of the project. [${path}:${line}](source:${path}#L${line})`,
  )
  const first = known.find(({ defaultOf }) => defaultOf !== null) ?? known[0]
  const told = first ? kinds.map((kind) => LIES[kind](first)) : []
  const extra = [...truths, ...told.map(({ before = '', lie, after = '' }) => `${before}${lie}${after}`)].join('\n\n')
  const lies = told.map(({ lie }) => lie)
  return { markdown: `${page.trimEnd()}\n\n## In other words\n\n${extra}\n`, truths, lies }
}

/** What is false, in what makes a block of it. */
interface Lie {
  before?: string
  lie: string
  after?: string
}

interface Place {
  path: string
  line: number
  name: string
  /** A parameter that has a default, when it is on the same line. */
  defaultOf: string | null
  /** One that has none. */
  plain: string | null
}

function parametersIn(line: string): Pick<Place, 'defaultOf' | 'plain'> {
  return {
    defaultOf: /[(,]\s*(\w+)[^,()=]*=/.exec(line)?.[1] ?? null,
    plain: /[(,]\s*([A-Za-z_]\w*)(?:: ?[\w.]+)?\s*[,)]/.exec(line)?.[1] ?? null,
  }
}

export const LIE_KINDS = [
  'name',
  'call',
  'flag',
  'path',
  'range',
  'support',
  'link',
  'address',
  'html',
  'signature',
  'default',
  'no-default',
  'diagram',
  'leak',
] as const
export type LieKind = (typeof LIE_KINDS)[number]

const LIES: Record<LieKind, (place: Place) => Lie> = {
  name: ({ path, line }) => ({
    lie: `It hands everything on to \`inventedByTheModel\` before it returns to its caller. [${path}:${line}](source:${path}#L${line})`,
  }),
  call: ({ path, line }) => ({
    lie: `Its caller has to begin with \`inventedCall(path, 3)\` at any time. [${path}:${line}](source:${path}#L${line})`,
  }),
  flag: () => ({ lie: 'It goes on for longer when it is started\nwith `--invented-limit=3` on the command line.' }),
  path: () => ({ lie: 'All settings of it live in `config/made-up-settings.yaml`, which is read once.' }),
  range: ({ path, name }) => ({
    lie: `The end of \`${name}\` cleans up whatever is left behind. [${path}:99990-99999](source:${path}#L99990-L99999)`,
  }),
  support: ({ name }) => ({
    lie: `Errors of \`${name}\` are described at the very top of it. [package.json:1](source:package.json#L1)`,
  }),
  link: () => ({ lie: 'More about it stands in [the invented guide](an-invented-guide.md), with examples.' }),
  address: () => ({ lie: 'The whole story is told at https://docs.made-up-address.dev/story for everybody.' }),
  html: () => ({ lie: '<div class="note">\nEvery call is sent to a server of the authors.\n</div>' }),
  signature: ({ name }) => ({
    before: `### \`${name}\`\n\n\`\`\`ts\n`,
    lie: `function ${name}(invented: Map<string, number>, more = 3): never`,
    after: '\n```',
  }),
  default: ({ name, defaultOf }) => ({
    before: `### \`${name}\`\n\n| Parameter | Default |\n|---|---|\n`,
    lie: `| \`${defaultOf ?? 'inventedParameter'}\` | \`"never"\` |`,
  }),
  'no-default': ({ name, plain }) => ({
    before: `### \`${name}\`\n\n| Parameter | Default |\n|---|---|\n`,
    lie: `| \`${plain ?? 'inventedParameter'}\` | \`"nowhere"\` |`,
  }),
  diagram: () => ({ lie: '```mermaid\nflowchart TD\n  a[Start --> b{{\n```' }),
  leak: () => ({ lie: 'As an AI language model I cannot see the rest of the file, so this is a guess.' }),
}
