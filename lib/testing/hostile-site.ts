import { cite } from '#lib/domain/citations.ts'
import type { Facts, SourceRange } from '#lib/domain/facts.ts'
import type { SiteInput } from '#lib/domain/site.ts'
import { makeFacts, makeFile, makeSymbol, range } from '#lib/testing/make-facts.ts'
import { sampleSite } from '#lib/testing/sample-site.ts'

/** Texts that run code in a browser, or try to, when they are not escaped or judged rightly. */
export const VECTORS = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](java&amp;#115;cript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](java&Tab;script:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox(1))',
  '[x](//evil.example/x)',
  '[x](https://ok.example/" onmouseover="alert(1))',
  '[x](https://ok.example "t\\" onmouseover=alert(1) x=\\"")',
  '![x](javascript:alert(1))',
  '![x" onerror="alert(1)](https://ok.example/x.png)',
  '<javascript:alert(1)>',
  '[ref]: javascript:alert(1)\n\n[ref]',
  '[x](source:a"onclick=alert(1)#L1)',
  '[x](source:%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E#L1-L2)',
  '[x](page.md#"onclick=alert(1))',
  '```"><script>alert(1)</script>\ncode\n```',
  '```js\n</code></pre><script>alert(1)</script>\n```',
  '```mermaid\nflowchart LR\n a["<script>alert(1)</script>"] --> b["x\' onload=alert(1)"]\n```',
  '```mermaid\nflowchart LR\n a --> b\n style a fill:url(https://evil.example),stroke:"><script>alert(1)</script>\n```',
  '```mermaid\nflowchart LR\n a["<a href=\'javascript:alert(1)\'>x</a><foreignObject/>"] --> b\n```',
  '`<script>alert(1)</script>`',
  '# <img src=x onerror=alert(1)>',
  '| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | x |',
  '> [!NOTE]<script>alert(1)</script>',
  '<kbd><script>alert(1)</script></kbd>',
  '<kbd onclick=alert(1)>x</kbd>',
  '<br onload=alert(1)>',
  '<pre><script>alert(1)</script></pre>',
  '<!--><script>alert(1)</script>-->',
  '<!-- --><script>alert(1)</script>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '</title><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202e<script>alert(1)</script>\u0000',
  'x\u2028</script><script>alert(1)</script>',
  '::: tabs\n== <img src=x onerror=alert(1)>\n<script>alert(1)</script>\n== b" onclick="alert(1)\nx\n:::',
  '::: code-group\n```js [<img src=x onerror=alert(1)>]\nx\n```\n```"><script>alert(1)</script> [b" onclick="alert(1)]\ny\n```\n:::',
  '::: details <img src=x onerror=alert(1)>\n<script>alert(1)</script>\n:::',
  '::: warning "><svg onload=alert(1)>\n[x](javascript:alert(1))\n:::',
  '<details>\n<summary><img src=x onerror=alert(1)></summary>\n\n<script>alert(1)</script>\n\n</details>',
  '<details open ontoggle=alert(1)>\n<summary onclick=alert(1)>x</summary>\n\ny\n\n</details>',
  'a[^1]\n\n[^1]: <img src=x onerror=alert(1)> [x](javascript:alert(1))',
  'a[^"><img src=x onerror=alert(1)>]\n\n[^"><img src=x onerror=alert(1)>]: b',
  '```js title="><img src=x onerror=alert(1)>" {1} numbers=1\n</code><script>alert(1)</script>\n```',
]

/** Where text of a repository, a writer or a forge enters a site. */
export const PLACES = [
  'project name',
  'tagline',
  'group',
  'page slug',
  'page title',
  'page description',
  'page text',
  'provider',
  'model',
  'citation label',
  'cited path',
  'cited text',
  'signature',
  'summary of a name',
  'path of a user',
  'check',
  'repository',
  'branch',
  'commit',
  'time of the commit',
] as const
type Place = (typeof PLACES)[number]

/** The vector at every place where text of a repository or a writer enters a site. */
export function hostileSite(vector: string): SiteInput {
  return siteOf(() => vector)
}

/** A site with a text of its own at every place. `old.html` leads to `cites.html`, which cites a file and names a symbol. */
export function siteOf(textAt: (place: Place) => string): SiteInput {
  const base = sampleSite()
  const [slug, title, description] = [textAt('page slug'), textAt('page title'), textAt('page description')]
  const [path, text, commit] = [textAt('cited path'), textAt('cited text'), textAt('commit')]
  const provenance = { provider: textAt('provider'), model: textAt('model'), runId: commit, commit }
  const page = { slug, title, description, type: 'guide' as const, markdown: textAt('page text'), provenance }
  const address = `source:${encodeURIComponent(path).replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))}#L1`
  // A label that ends its own link leaves the other one.
  const cited = `[lines](${address})\n\n[${textAt('citation label')}](${address})`
  const users = [range('a.ts', 1), range(`z/${textAt('path of a user')}`, 1)]
  const used = `## \`used\`\n\nImported at ${cite(range('a.ts', 1))} and 1 other file.`
  const named = `${used}\n\n## \`known\`\n\n\`\`\`\`\`\`\`\`ts\n${textAt('signature')}\n\`\`\`\`\`\`\`\`\n\n${textAt('summary of a name')}`
  const pages = [
    page,
    { ...page, slug: 'cites', markdown: `[\`known\`](names.md#known)\n\n${cited}` },
    { ...page, slug: 'names', type: 'reference' as const, markdown: named },
  ]
  const entry = { slug, title, description, type: 'guide' as const, kind: 'module' as const }
  const plan = {
    ...base.plan,
    project_name: textAt('project name'),
    tagline: textAt('tagline'),
    navigation: [{ group: textAt('group'), pages: [entry] }],
  }
  const none = { total: 1, ok: 0 }
  const counts = { link: none, citation: none, path: none, identifier: none }
  const miss = { kind: 'link' as const, line: 1, claim: textAt('check'), found: textAt('check') }
  const sources = new Map([
    [path, text],
    [`${path}.ts`, text],
  ])
  return {
    plan,
    pages,
    checks: [{ slug, counts, misses: [miss] }],
    sources,
    redirects: { [slug]: slug, gone: slug, old: 'cites' },
    facts: factsOfUsers(users),
    repository: textAt('repository'),
    branch: textAt('branch'),
    commit,
    committedAt: textAt('time of the commit'),
    // Never shown where it is no address of a forge.
    forgeBase: textAt('repository'),
  }
}

/** Facts of a name that is imported at these places. */
function factsOfUsers(places: SourceRange[]): Facts {
  return makeFacts({
    files: ['used.ts', ...places.map(({ path }) => path)].map((path) => makeFile(path)),
    symbols: [makeSymbol('used.ts', 'used')],
    imports: places.map((place) => ({
      from: place.path,
      to: 'used.ts',
      specifier: './used.ts',
      names: ['used'],
      range: place,
    })),
  })
}
